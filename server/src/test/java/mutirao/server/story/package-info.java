/**
 * Stories: scenarios as text, frames in and frames out. The language is explained in {@code
 * stories/README.md}.
 */
@NullMarked
package mutirao.server.story;

import org.jspecify.annotations.NullMarked;
