/** What processes and the machine did meanwhile. */
@NullMarked
package mutirao.bench.measure;

import org.jspecify.annotations.NullMarked;
