/** Parts of Ratis that are replaced by ours or helped along, at the places that it has for that. */
@NullMarked
package mutirao.raft.parts;

import org.jspecify.annotations.NullMarked;
