/** The port through which commands are put in order, and the reference log in memory. */
@NullMarked
package mutirao.core.log;

import org.jspecify.annotations.NullMarked;
