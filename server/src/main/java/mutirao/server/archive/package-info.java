/** The archive in a server: what it is told of, and how it is asked. */
@NullMarked
package mutirao.server.archive;

import org.jspecify.annotations.NullMarked;
