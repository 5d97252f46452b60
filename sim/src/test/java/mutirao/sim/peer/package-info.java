/** The people and programs of a world: clients that speak the wire, well-behaved and not. */
@NullMarked
package mutirao.sim.peer;

import org.jspecify.annotations.NullMarked;
