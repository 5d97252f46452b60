/** Clients that use a system and write down what they did and saw. */
@NullMarked
package mutirao.chaos.load;

import org.jspecify.annotations.NullMarked;
