/** The server as seen by what runs in its own process: the web edge. */
@NullMarked
package mutirao.server.local;

import org.jspecify.annotations.NullMarked;
