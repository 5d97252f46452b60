/** What the chat client and the task client have in common: signing in, typed lines, reconnects. */
@NullMarked
package mutirao.cli.session;

import org.jspecify.annotations.NullMarked;
