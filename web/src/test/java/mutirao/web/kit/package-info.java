/** What the tests of the web port ask and listen with. */
@NullMarked
package mutirao.web.kit;

import org.jspecify.annotations.NullMarked;
