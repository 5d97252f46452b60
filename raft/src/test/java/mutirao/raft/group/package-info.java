/** Tests of what several servers share. */
@NullMarked
package mutirao.raft.group;

import org.jspecify.annotations.NullMarked;
