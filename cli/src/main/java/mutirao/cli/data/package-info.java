/** Commands about what a server keeps: a backup of it, and the way back. */
@NullMarked
package mutirao.cli.data;

import org.jspecify.annotations.NullMarked;
