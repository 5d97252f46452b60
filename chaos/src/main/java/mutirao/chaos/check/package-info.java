/** Judges a history by the promises, knowing nothing of how the system works. */
@NullMarked
package mutirao.chaos.check;

import org.jspecify.annotations.NullMarked;
