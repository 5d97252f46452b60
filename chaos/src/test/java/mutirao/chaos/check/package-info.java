/** Tests of this package. */
@NullMarked
package mutirao.chaos.check;

import org.jspecify.annotations.NullMarked;
