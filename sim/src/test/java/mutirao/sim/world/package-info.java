/** The simulated outside: time, chance, hosts, and what can go wrong. */
@NullMarked
package mutirao.sim.world;

import org.jspecify.annotations.NullMarked;
