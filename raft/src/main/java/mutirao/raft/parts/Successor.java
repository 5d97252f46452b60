package mutirao.raft.parts;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom a leader that goes lets lead. */
public final class Successor {
  /** Behind by so many entries it has the rest before it has been voted for. */
  private static final long NEAR = 1000;

  private Successor() {}

  /**
   * One of the others that the leader hears.
   *
   * @param committed the last entry that it knows to be committed
   * @param answersMs for how long it has answered without a break
   */
  public record Candidate(String node, long committed, long answersMs) {}

  /**
   * Of those that have nearly everything the one that has been there for the longest: a server that
   * was started a moment ago, as where one after the other is restarted, is still being compiled,
   * and all clients would wait for it. Null: there is none.
   */
  public static @Nullable String of(List<Candidate> heard) {
    long most = heard.stream().mapToLong(Candidate::committed).max().orElse(0);
    return heard.stream()
        .filter(one -> one.committed() >= most - NEAR)
        .max(Comparator.comparingLong(Candidate::answersMs).thenComparingLong(Candidate::committed))
        .map(Candidate::node)
        .orElse(null);
  }
}
