/** The command line: one file a command. */
@NullMarked
package mutirao.cli;

import org.jspecify.annotations.NullMarked;
