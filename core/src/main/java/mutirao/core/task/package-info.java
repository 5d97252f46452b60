/** The life of a task: states, rules, who runs what next, retry delays, idempotency keys. */
@NullMarked
package mutirao.core.task;

import org.jspecify.annotations.NullMarked;
