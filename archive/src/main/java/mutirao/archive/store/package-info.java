/** The file: its schema, writing, forgetting and searching. Nothing outside knows SQLite. */
@NullMarked
package mutirao.archive.store;

import org.jspecify.annotations.NullMarked;
