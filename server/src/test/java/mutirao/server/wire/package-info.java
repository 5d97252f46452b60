/** Bad input and bad connections over real sockets; each time somebody else must not notice. */
@NullMarked
package mutirao.server.wire;

import org.jspecify.annotations.NullMarked;
