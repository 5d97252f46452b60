/** Several servers: a small model of what the replicated log promises, and what can go wrong. */
@NullMarked
package mutirao.sim.group;

import org.jspecify.annotations.NullMarked;
