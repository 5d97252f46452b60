package mutirao.sim.group;

import java.util.Set;
import mutirao.core.log.Log;

/** One entry of the replicated log. */
sealed interface Rec {

  /** The term of the leader that made it. */
  long term();

  /** Says that somebody leads. */
  record OfTerm(long term) implements Rec {}

  /**
   * Commands.
   *
   * @param batch with the leader's time
   * @param madeAtMs when the leader took it, in the world's time that nobody in it knows
   */
  record OfBatch(long term, long producer, Log.Batch batch, long madeAtMs) implements Rec {}

  /** From here on these are the members. */
  record OfMembers(long term, Set<String> members) implements Rec {}

  /**
   * Instead of everything up to a place.
   *
   * @param bytes machine and producers, as the product writes them
   */
  record Snapshot(long index, long term, Set<String> members, byte[] bytes) {}
}
