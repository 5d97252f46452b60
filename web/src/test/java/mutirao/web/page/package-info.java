/** The page's files. */
@NullMarked
package mutirao.web.page;

import org.jspecify.annotations.NullMarked;
