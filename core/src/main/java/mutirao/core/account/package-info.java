/** Users, their tokens, what each may do, and who changed that. No secret is ever here. */
@NullMarked
package mutirao.core.account;

import org.jspecify.annotations.NullMarked;
