/** How long clients wait when the server that leads dies or hands over. */
@NullMarked
package mutirao.chaos.failover;

import org.jspecify.annotations.NullMarked;
