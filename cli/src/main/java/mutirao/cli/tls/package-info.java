/** Certificates: how they are made for a lab, and how commands name them. */
@NullMarked
package mutirao.cli.tls;

import org.jspecify.annotations.NullMarked;
