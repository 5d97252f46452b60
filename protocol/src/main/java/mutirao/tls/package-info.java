/** Certificates and keys from PEM files, as both ends of a connection need them. */
@NullMarked
package mutirao.tls;

import org.jspecify.annotations.NullMarked;
