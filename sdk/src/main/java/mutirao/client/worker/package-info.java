/** How a worker runs attempts and reports them. Internal to the SDK. */
@NullMarked
package mutirao.client.worker;

import org.jspecify.annotations.NullMarked;
