/**
 * The replicated truth: one thread, no clock, no chance, no I/O; every door is {@link
 * mutirao.core.Machine#apply}.
 */
@NullMarked
package mutirao.core;

import org.jspecify.annotations.NullMarked;
