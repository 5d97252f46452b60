package mutirao.raft;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mutirao.raft.codec.Snapshot;

/**
 * Which batch of which producer was applied last, so that a batch that is in the log twice takes
 * effect once. Ratis itself remembers that for a minute, and not in its snapshots. Part of every
 * snapshot; not thread-safe.
 */
public final class Producers {
  /** Each start of a server is one; a batch of an older one is not still on its way. */
  public static final int REMEMBERED = 64;

  private final Map<Long, Long> lastBatches = new LinkedHashMap<>();

  /** Whether this batch comes for the first time; then it counts as applied. */
  public boolean isNew(long producer, long batch) {
    Long last = lastBatches.remove(producer);
    lastBatches.put(producer, last == null ? batch : Math.max(last, batch));
    if (lastBatches.size() > REMEMBERED) {
      lastBatches.remove(lastBatches.keySet().iterator().next());
    }
    return last == null || batch > last;
  }

  /** Whether this batch counts as applied. */
  public boolean has(long producer, long batch) {
    Long last = lastBatches.get(producer);
    return last != null && batch <= last;
  }

  /** What is remembered, for a snapshot. */
  public List<Snapshot.Producer> image() {
    return lastBatches.entrySet().stream()
        .map(entry -> new Snapshot.Producer(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Remembers what a snapshot says, and nothing else. */
  public void restore(List<Snapshot.Producer> producers) {
    lastBatches.clear();
    producers.forEach(producer -> lastBatches.put(producer.id(), producer.lastBatch()));
  }
}
