/** What this program asks of the Java virtual machine that runs it. */
@NullMarked
package mutirao.cli.jvm;

import org.jspecify.annotations.NullMarked;
