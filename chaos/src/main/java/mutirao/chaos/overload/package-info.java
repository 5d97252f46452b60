/** What is left of a server's work when it is offered many times what it can do. */
@NullMarked
package mutirao.chaos.overload;

import org.jspecify.annotations.NullMarked;
