/** The web port over TLS. */
@NullMarked
package mutirao.web.tls;

import org.jspecify.annotations.NullMarked;
