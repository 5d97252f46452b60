@NullMarked
package mutirao.cli.tls;

import org.jspecify.annotations.NullMarked;
