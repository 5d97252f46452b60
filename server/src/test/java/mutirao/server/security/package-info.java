/** The cases of docs/security.md at a server with users, over real sockets. */
@NullMarked
package mutirao.server.security;

import org.jspecify.annotations.NullMarked;
