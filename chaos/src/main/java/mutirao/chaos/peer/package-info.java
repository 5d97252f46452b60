/** The same power cut for this server and for others that promise to keep what they acknowledge. */
@NullMarked
package mutirao.chaos.peer;

import org.jspecify.annotations.NullMarked;
