@NullMarked
package mutirao.cli.data;

import org.jspecify.annotations.NullMarked;
