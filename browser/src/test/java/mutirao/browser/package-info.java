/** The page in a real browser, against a real server. */
@NullMarked
package mutirao.browser;

import org.jspecify.annotations.NullMarked;
