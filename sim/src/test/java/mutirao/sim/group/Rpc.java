package mutirao.sim.group;

import java.util.List;

/** What servers say to each other about the log. */
sealed interface Rpc {
  long term();

  String from();

  /** Wants to lead. */
  record AskVote(long term, String from, long lastIndex, long lastTerm) implements Rpc {}

  /** Lets it, or not. */
  record Vote(long term, String from, boolean granted) implements Rpc {}

  /**
   * Leads, and has entries after a place that both should know.
   *
   * @param round counts what the leader says, so that an answer tells what it is to
   */
  record Append(
      long term,
      String from,
      long prevIndex,
      long prevTerm,
      List<Rec> entries,
      long commit,
      long round)
      implements Rpc {}

  /** Leads, and has a snapshot for one that is too far behind. */
  record Install(long term, String from, Rec.Snapshot snapshot, long round) implements Rpc {}

  /** Has on disk what was sent, up to a place; or does not know that place, and how far it is. */
  record Appended(long term, String from, boolean fits, long upTo, long round) implements Rpc {}
}
