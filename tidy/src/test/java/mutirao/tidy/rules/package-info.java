/** One file a rule: pure functions from sources, classes or texts to what is wrong with them. */
@NullMarked
package mutirao.tidy.rules;

import org.jspecify.annotations.NullMarked;
