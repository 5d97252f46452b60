/**
 * Requests on their way: how they are kept, bounded, sent again and answered. Internal to the SDK.
 */
@NullMarked
package mutirao.client.request;

import org.jspecify.annotations.NullMarked;
