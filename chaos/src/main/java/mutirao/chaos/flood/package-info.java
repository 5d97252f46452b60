/** What a flood of logins costs those who are in already. */
@NullMarked
package mutirao.chaos.flood;

import org.jspecify.annotations.NullMarked;
