/** Backups: asked of a running server part by part, kept as a folder, and brought back. */
@NullMarked
package mutirao.server.backup;

import org.jspecify.annotations.NullMarked;
