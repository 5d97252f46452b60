/**
 * What people read: sentences in their language, lines with tones, control characters made visible.
 */
@NullMarked
package mutirao.cli.text;

import org.jspecify.annotations.NullMarked;
