/** Users and tokens of a server, for its admins. */
@NullMarked
package mutirao.client.account;

import org.jspecify.annotations.NullMarked;
