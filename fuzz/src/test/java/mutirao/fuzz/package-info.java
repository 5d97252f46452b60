/** What the fuzzer is let loose on, and how it is started. */
@NullMarked
package mutirao.fuzz;

import org.jspecify.annotations.NullMarked;
