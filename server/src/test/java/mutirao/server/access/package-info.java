/** Who may do what, and how passwords are kept. */
@NullMarked
package mutirao.server.access;

import org.jspecify.annotations.NullMarked;
