/**
 * Policy between frames and commands. Owns no socket and no thread, so that the simulator runs it
 * whole.
 */
@NullMarked
package mutirao.server.gateway;

import org.jspecify.annotations.NullMarked;
