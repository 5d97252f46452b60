/** What the gateway's parts promise each other and no peer can see. */
@NullMarked
package mutirao.server.gateway.outbox;

import org.jspecify.annotations.NullMarked;
