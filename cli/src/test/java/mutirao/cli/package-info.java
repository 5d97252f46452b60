/** The command line as its users see it: through pipes and on a terminal. */
@NullMarked
package mutirao.cli;

import org.jspecify.annotations.NullMarked;
