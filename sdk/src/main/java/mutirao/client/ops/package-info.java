/** The operations that every stock worker has. */
@NullMarked
package mutirao.client.ops;

import org.jspecify.annotations.NullMarked;
