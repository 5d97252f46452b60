package mutirao.sim.world;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** How often each of the {@link Sometimes} was met. */
public final class Tally {
  private final long[] counts = new long[Sometimes.values().length];

  /** Another one was met. */
  public void met(Sometimes situation) {
    counts[situation.ordinal()]++;
  }

  /** How often it was met. */
  public long of(Sometimes situation) {
    return counts[situation.ordinal()];
  }

  /** Counts those of {@code other} too. */
  public void add(Tally other) {
    Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
  }

  /** What of {@code expected} was never met. */
  public List<Sometimes> missing(Set<Sometimes> expected) {
    return expected.stream().filter(s -> of(s) == 0).toList();
  }

  /** One line a situation. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Sometimes situation : Sometimes.values()) {
      text.append(String.format("%8d  %s%n", of(situation), situation));
    }
    return text.toString();
  }
}
