/** The peers themselves: our relay, our server, and what is a package away on a Debian system. */
@NullMarked
package mutirao.bench.peers;

import org.jspecify.annotations.NullMarked;
