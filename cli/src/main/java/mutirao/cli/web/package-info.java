/** Options of the server's web port. */
@NullMarked
package mutirao.cli.web;

import org.jspecify.annotations.NullMarked;
