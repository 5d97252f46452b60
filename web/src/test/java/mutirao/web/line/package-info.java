/** Callers as connections of the server's. */
@NullMarked
package mutirao.web.line;

import org.jspecify.annotations.NullMarked;
