@NullMarked
package mutirao.server.backup;

import org.jspecify.annotations.NullMarked;
