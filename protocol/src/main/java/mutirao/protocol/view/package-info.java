/** Lines of what servers tell of users and tokens. */
@NullMarked
package mutirao.protocol.view;

import org.jspecify.annotations.NullMarked;
