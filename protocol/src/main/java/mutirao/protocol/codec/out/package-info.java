/** Where encoded frames go. */
@NullMarked
package mutirao.protocol.codec.out;

import org.jspecify.annotations.NullMarked;
