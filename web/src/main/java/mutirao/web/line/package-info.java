/** Whoever comes by HTTP, as a connection of the server's. */
@NullMarked
package mutirao.web.line;

import org.jspecify.annotations.NullMarked;
