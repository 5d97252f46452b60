/** What is told as it happens, and what is counted. */
@NullMarked
package mutirao.web.live;

import org.jspecify.annotations.NullMarked;
