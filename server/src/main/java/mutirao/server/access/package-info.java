/** Who somebody is, and what that allows: logins, passwords, and the table of permissions. */
@NullMarked
package mutirao.server.access;

import org.jspecify.annotations.NullMarked;
