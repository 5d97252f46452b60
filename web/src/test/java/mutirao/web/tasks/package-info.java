/** Tasks by HTTP. */
@NullMarked
package mutirao.web.tasks;

import org.jspecify.annotations.NullMarked;
