/** How a story reaches a server: through the gateway alone, or over a real socket. */
@NullMarked
package mutirao.server.story.wire;

import org.jspecify.annotations.NullMarked;
