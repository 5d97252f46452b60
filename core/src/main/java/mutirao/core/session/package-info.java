/** Names, roles, presence, the resume window and the direct messages owed to a session. */
@NullMarked
package mutirao.core.session;

import org.jspecify.annotations.NullMarked;
