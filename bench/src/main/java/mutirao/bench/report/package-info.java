/** From single runs to what people and programs read. */
@NullMarked
package mutirao.bench.report;

import org.jspecify.annotations.NullMarked;
