/** Servers as processes, and what can be done to them. */
@NullMarked
package mutirao.chaos.fault;

import org.jspecify.annotations.NullMarked;
