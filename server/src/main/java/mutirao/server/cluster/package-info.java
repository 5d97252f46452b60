/** The other servers: who they are, and how they come and go. */
@NullMarked
package mutirao.server.cluster;

import org.jspecify.annotations.NullMarked;
