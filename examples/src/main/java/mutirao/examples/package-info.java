/** One runnable program a feature; each takes the server's address as its only argument. */
@NullMarked
package mutirao.examples;

import org.jspecify.annotations.NullMarked;
