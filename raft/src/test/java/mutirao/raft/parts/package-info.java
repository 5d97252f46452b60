/** Tests of what is exchanged of Ratis, or helps it along. */
@NullMarked
package mutirao.raft.parts;

import org.jspecify.annotations.NullMarked;
