/** The document of the HTTP API, held against what the server does. */
@NullMarked
package mutirao.web.openapi;

import org.jspecify.annotations.NullMarked;
