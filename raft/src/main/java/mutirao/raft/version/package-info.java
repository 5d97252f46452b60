/** Servers of a group whose programs are of different versions: which go together. */
@NullMarked
package mutirao.raft.version;

import org.jspecify.annotations.NullMarked;
