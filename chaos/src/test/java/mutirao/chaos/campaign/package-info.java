/** Tests of this package. */
@NullMarked
package mutirao.chaos.campaign;

import org.jspecify.annotations.NullMarked;
