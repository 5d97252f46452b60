/** What documents tell people to type, run. */
@NullMarked
package mutirao.chaos.docs;

import org.jspecify.annotations.NullMarked;
