/** Load and faults together, then the verdict. */
@NullMarked
package mutirao.chaos.campaign;

import org.jspecify.annotations.NullMarked;
