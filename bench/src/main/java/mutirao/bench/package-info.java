/** {@code mutirao bench}: interleaved measurements of servers over the wire. */
@NullMarked
package mutirao.bench;

import org.jspecify.annotations.NullMarked;
