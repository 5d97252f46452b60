/** Tests of the parts. */
@NullMarked
package mutirao.cli.terminal;

import org.jspecify.annotations.NullMarked;
