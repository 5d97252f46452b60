/** The log on disk: the one place that knows Apache Ratis. */
@NullMarked
package mutirao.raft;

import org.jspecify.annotations.NullMarked;
