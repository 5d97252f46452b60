/** Tests of the parts. */
@NullMarked
package mutirao.cli.text;

import org.jspecify.annotations.NullMarked;
