/**
 * What a registered client has to remember: requests that have no answer yet, tasks that have no
 * result yet, rooms, and how to come back. Internal to the SDK.
 */
@NullMarked
package mutirao.client.session;

import org.jspecify.annotations.NullMarked;
