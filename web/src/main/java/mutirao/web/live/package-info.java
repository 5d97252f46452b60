/** What happens, counted, remembered for a while and told as it happens. */
@NullMarked
package mutirao.web.live;

import org.jspecify.annotations.NullMarked;
