/** Redis, spoken to in its own protocol. */
@NullMarked
package mutirao.bench.peers.redis;

import org.jspecify.annotations.NullMarked;
