/**
 * Bytes before they are JSON: where lines and objects end, and whether the text in them is whole.
 */
@NullMarked
package mutirao.protocol.codec.scan;

import org.jspecify.annotations.NullMarked;
