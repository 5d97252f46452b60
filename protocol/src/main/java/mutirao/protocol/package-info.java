/** The words of the wire: what a frame can be, with no policy and no sockets. */
@NullMarked
package mutirao.protocol;

import org.jspecify.annotations.NullMarked;
