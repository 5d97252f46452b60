/** Sockets: accept, read, write, close. Knows nothing of what a frame means. */
@NullMarked
package mutirao.server.tcp;

import org.jspecify.annotations.NullMarked;
