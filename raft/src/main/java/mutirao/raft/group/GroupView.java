package mutirao.raft.group;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group as one of its servers sees it.
 *
 * @param node the server that looks
 * @param leader who leads; null: nobody that is known here
 * @param term the number of the election
 * @param members in the order of their names
 */
public record GroupView(String node, @Nullable String leader, long term, List<Seat> members) {

  /**
   * One member.
   *
   * @param address where the others reach it; empty: it never had others
   * @param committed the last entry it is known to have and to be safe
   * @param silentMs how long the leader has not heard it, or, where none answers, this server;
   *     null: neither can tell
   */
  public record Seat(String node, String address, long committed, @Nullable Long silentMs) {}
}
