/**
 * What happened and is worth finding again: finished tasks and messages, in a file beside the log.
 */
@NullMarked
package mutirao.archive;

import org.jspecify.annotations.NullMarked;
