/** The web port: HTTP API, events, WebSocket, metrics and the page. */
@NullMarked
package mutirao.web;

import org.jspecify.annotations.NullMarked;
