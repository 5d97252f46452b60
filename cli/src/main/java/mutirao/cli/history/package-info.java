/** What the archive has, as people and scripts read it. */
@NullMarked
package mutirao.cli.history;

import org.jspecify.annotations.NullMarked;
