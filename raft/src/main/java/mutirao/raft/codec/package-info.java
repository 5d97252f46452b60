/** Commands, batches and whole states as versioned bytes that are kept for years. */
@NullMarked
package mutirao.raft.codec;

import org.jspecify.annotations.NullMarked;
