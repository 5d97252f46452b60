/** What programs and the page ask by HTTP. */
@NullMarked
package mutirao.web.api;

import org.jspecify.annotations.NullMarked;
