/** What several servers have together: who they are, their time, and how they reach the leader. */
@NullMarked
package mutirao.raft.group;

import org.jspecify.annotations.NullMarked;
