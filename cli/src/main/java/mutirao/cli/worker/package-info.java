/** What the stock worker adds to the library's: a log people can read, and shell commands. */
@NullMarked
package mutirao.cli.worker;

import org.jspecify.annotations.NullMarked;
