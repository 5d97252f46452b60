/** TLS of this server: what the operator chose, and the files as they are now. */
@NullMarked
package mutirao.server.tls;

import org.jspecify.annotations.NullMarked;
