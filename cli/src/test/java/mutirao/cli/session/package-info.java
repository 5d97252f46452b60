/** Tests of the parts. */
@NullMarked
package mutirao.cli.session;

import org.jspecify.annotations.NullMarked;
