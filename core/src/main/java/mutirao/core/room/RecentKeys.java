package mutirao.core.room;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mutirao.core.Limits;
import mutirao.core.image.StateImage;
import mutirao.core.time.Deadline;
import mutirao.core.time.Deadlines;
import org.jspecify.annotations.Nullable;

/** Keys of messages sent not long ago, so that a message sent again is not delivered twice. */
public final class RecentKeys extends Deadline {
  private final Deadlines deadlines;
  private final Map<String, Long> seqByKey = new HashMap<>();
  private final ArrayDeque<StateImage.OfKey> oldestFirst = new ArrayDeque<>();

  /** No keys yet; their end goes into {@code deadlines}. */
  public RecentKeys(Deadlines deadlines) {
    this.deadlines = deadlines;
  }

  /** The sequence number the message with this key got; null where the key is new. */
  public @Nullable Long seqOf(String key) {
    return seqByKey.get(key);
  }

  public int size() {
    return seqByKey.size();
  }

  /** Whether another key can be remembered. */
  public boolean full() {
    return seqByKey.size() >= Limits.MAX_MESSAGE_KEYS;
  }

  /** When the oldest key is forgotten; only meaningful while there is one. */
  public long oldestEndsMs() {
    return oldestFirst.isEmpty() ? 0 : oldestFirst.getFirst().timeMs() + Limits.MESSAGE_KEY_MS;
  }

  /** All keys as values, oldest first. */
  public List<StateImage.OfKey> image() {
    return List.copyOf(oldestFirst);
  }

  /** Remembers the keys of an image; only {@code State} calls this. */
  public void restore(List<StateImage.OfKey> images) {
    for (StateImage.OfKey image : images) {
      seqByKey.put(image.key(), image.seq());
      oldestFirst.addLast(image);
    }
  }

  /** Applies an event; only {@code State} calls this. */
  public void remember(String key, long seq, long timeMs) {
    if (seqByKey.put(key, seq) != null) {
      throw new IllegalStateException("message key used twice");
    }
    oldestFirst.addLast(new StateImage.OfKey(key, seq, timeMs));
    if (!pending()) {
      deadlines.set(this, timeMs + Limits.MESSAGE_KEY_MS);
    }
  }

  /** Applies an event; only {@code State} calls this. */
  public void forgetBefore(long beforeMs) {
    for (int n = 0; n < Limits.MESSAGE_KEYS_AT_ONCE && !oldestFirst.isEmpty(); n++) {
      if (oldestFirst.getFirst().timeMs() >= beforeMs) {
        break;
      }
      seqByKey.remove(oldestFirst.removeFirst().key());
    }
    if (!oldestFirst.isEmpty()) {
      deadlines.set(this, oldestEndsMs());
    }
  }
}
