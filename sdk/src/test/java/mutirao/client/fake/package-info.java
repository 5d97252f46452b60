/** A server that does what a test tells it to, over real sockets. */
@NullMarked
package mutirao.client.fake;

import org.jspecify.annotations.NullMarked;
