/** Who may do what by HTTP, and from where. */
@NullMarked
package mutirao.web.access;

import org.jspecify.annotations.NullMarked;
