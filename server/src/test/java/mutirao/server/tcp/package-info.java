@NullMarked
package mutirao.server.tcp;

import org.jspecify.annotations.NullMarked;
