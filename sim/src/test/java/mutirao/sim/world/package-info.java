/** The simulated outside: time, chance, network, log, and the loop that drives the real gateway. */
@NullMarked
package mutirao.sim.world;

import org.jspecify.annotations.NullMarked;
