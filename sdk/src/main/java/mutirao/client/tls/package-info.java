/** Encrypted connections: whom a client trusts, and how it proves who it is. */
@NullMarked
package mutirao.client.tls;

import org.jspecify.annotations.NullMarked;
