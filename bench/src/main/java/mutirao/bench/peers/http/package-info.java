/** Our own server by HTTP, spoken to with nothing of its code. */
@NullMarked
package mutirao.bench.peers.http;

import org.jspecify.annotations.NullMarked;
