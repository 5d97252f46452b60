/** The house rules, each held against the tree and shown able to fail. */
@NullMarked
package mutirao.tidy;

import org.jspecify.annotations.NullMarked;
