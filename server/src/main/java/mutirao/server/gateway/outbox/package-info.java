/** What each peer is owed, and what all of them are. */
@NullMarked
package mutirao.server.gateway.outbox;

import org.jspecify.annotations.NullMarked;
