/** The project's files, read and parsed once. */
@NullMarked
package mutirao.tidy.tree;

import org.jspecify.annotations.NullMarked;
