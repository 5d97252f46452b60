/** Every future instant in one ordered place. */
@NullMarked
package mutirao.core.time;

import org.jspecify.annotations.NullMarked;
