/** NATS and its JetStream, spoken to in their own protocol. */
@NullMarked
package mutirao.bench.peers.nats;

import org.jspecify.annotations.NullMarked;
