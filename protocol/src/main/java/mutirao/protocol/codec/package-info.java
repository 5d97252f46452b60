/** Bytes to frames and back; the JSON library is known to one file of this package. */
@NullMarked
package mutirao.protocol.codec;

import org.jspecify.annotations.NullMarked;
