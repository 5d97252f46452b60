/** Where a command reads and prints: a terminal with line editing, or pipes. */
@NullMarked
package mutirao.cli.terminal;

import org.jspecify.annotations.NullMarked;
