/** The servers under test: how each is started and spoken to. */
@NullMarked
package mutirao.bench.peer;

import org.jspecify.annotations.NullMarked;
