/** Tests of this package. */
@NullMarked
package mutirao.server;

import org.jspecify.annotations.NullMarked;
