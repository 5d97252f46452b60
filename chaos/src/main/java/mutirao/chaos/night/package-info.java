/** Ordeal after ordeal, so that what several nights found adds up. */
@NullMarked
package mutirao.chaos.night;

import org.jspecify.annotations.NullMarked;
