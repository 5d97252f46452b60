/** Our own server, spoken to with nothing of its code. */
@NullMarked
package mutirao.bench.peers.own;

import org.jspecify.annotations.NullMarked;
