/** From a seed to a verdict: whole worlds in one thread, and proof that they can find bugs. */
@NullMarked
package mutirao.sim;

import org.jspecify.annotations.NullMarked;
