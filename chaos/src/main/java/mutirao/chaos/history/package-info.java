/** What the clients of a system did and saw, as one time line. */
@NullMarked
package mutirao.chaos.history;

import org.jspecify.annotations.NullMarked;
