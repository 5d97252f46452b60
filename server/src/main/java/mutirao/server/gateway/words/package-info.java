/** How what the machine counts is called on the wire. */
@NullMarked
package mutirao.server.gateway.words;

import org.jspecify.annotations.NullMarked;
