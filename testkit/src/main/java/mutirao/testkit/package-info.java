/**
 * A server in the test's own process, with a clock that the test moves: for users' tests and ours.
 */
@NullMarked
package mutirao.testkit;

import org.jspecify.annotations.NullMarked;
