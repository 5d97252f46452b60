/** Why a task does not run. */
@NullMarked
package mutirao.server.gateway.explain;

import org.jspecify.annotations.NullMarked;
