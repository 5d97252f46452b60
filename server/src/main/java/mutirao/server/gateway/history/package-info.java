/** What happened longer ago than the state remembers: who keeps it, and how it is asked. */
@NullMarked
package mutirao.server.gateway.history;

import org.jspecify.annotations.NullMarked;
