/** Tests of this package. */
@NullMarked
package mutirao.chaos.history;

import org.jspecify.annotations.NullMarked;
