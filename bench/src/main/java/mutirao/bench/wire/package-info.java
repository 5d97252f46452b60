/**
 * One selector thread for all connections of a process: sockets, buffers and bytes, no protocol.
 */
@NullMarked
package mutirao.bench.wire;

import org.jspecify.annotations.NullMarked;
