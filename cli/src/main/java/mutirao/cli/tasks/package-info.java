/** Tasks from the command line: what is handed in, and how results are shown. */
@NullMarked
package mutirao.cli.tasks;

import org.jspecify.annotations.NullMarked;
