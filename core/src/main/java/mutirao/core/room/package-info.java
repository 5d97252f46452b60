/** Membership, one sequence a room, bounded history. */
@NullMarked
package mutirao.core.room;

import org.jspecify.annotations.NullMarked;
