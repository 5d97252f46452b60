/** Users and tokens on the command line. */
@NullMarked
package mutirao.cli.account;

import org.jspecify.annotations.NullMarked;
