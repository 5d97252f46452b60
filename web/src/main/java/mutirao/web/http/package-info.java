/** What all requests have in common: who asks, what they say, how they are turned down. */
@NullMarked
package mutirao.web.http;

import org.jspecify.annotations.NullMarked;
