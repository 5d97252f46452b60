/** The loop that drives the real gateway, the connections to it, and a log for one server. */
@NullMarked
package mutirao.sim.server;

import org.jspecify.annotations.NullMarked;
