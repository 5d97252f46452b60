/** The chat client's commands and what it shows. */
@NullMarked
package mutirao.cli.chat;

import org.jspecify.annotations.NullMarked;
