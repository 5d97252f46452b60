/** RabbitMQ, spoken to in AMQP 0-9-1. */
@NullMarked
package mutirao.bench.peers.rabbit;

import org.jspecify.annotations.NullMarked;
