/** Frames by WebSocket. */
@NullMarked
package mutirao.web.socket;

import org.jspecify.annotations.NullMarked;
