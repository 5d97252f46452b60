/** The raw relay: what one event loop can do at best when it only moves lines. */
@NullMarked
package mutirao.bench.relay;

import org.jspecify.annotations.NullMarked;
