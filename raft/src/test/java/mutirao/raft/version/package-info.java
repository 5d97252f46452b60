/** Tests of which versions go together. */
@NullMarked
package mutirao.raft.version;

import org.jspecify.annotations.NullMarked;
