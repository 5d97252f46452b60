/**
 * One connection and the threads that serve it; no protocol beyond lines. Internal to the SDK,
 * except for {@link mutirao.client.link.ServerAddress}.
 */
@NullMarked
package mutirao.client.link;

import org.jspecify.annotations.NullMarked;
