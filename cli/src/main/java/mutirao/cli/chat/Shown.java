package mutirao.cli.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Which messages of each room are on the screen, so that a script's line is done when its own
 * message has been printed. Thread-safe.
 */
final class Shown {
  /** An echo that was skipped over, after a gap, must not hold a script up for ever. */
  private static final long LONGEST_WAIT_MS = 5000;

  private record Waiting(String room, long seq, CompletableFuture<Void> done) {}

  private final Map<String, Long> newest = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();

  /** A message is on the screen. */
  void shown(String room, long seq) {
    List<Waiting> ready;
    synchronized (this) {
      newest.merge(room, seq, Math::max);
      ready = waiting.stream().filter(one -> one.room.equals(room) && one.seq <= seq).toList();
      waiting.removeAll(ready);
    }
    ready.forEach(one -> one.done.complete(null));
  }

  /** Completed once the room's messages up to this one are on the screen. */
  synchronized CompletableFuture<Void> upTo(String room, long seq) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    if (newest.getOrDefault(room, 0L) >= seq) {
      done.complete(null);
    } else {
      waiting.add(new Waiting(room, seq, done));
    }
    return done.completeOnTimeout(null, LONGEST_WAIT_MS, TimeUnit.MILLISECONDS);
  }
}
