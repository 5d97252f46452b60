/** Where wire and truth meet: start, stop, configuration, clock and chance. */
@NullMarked
package mutirao.server;

import org.jspecify.annotations.NullMarked;
