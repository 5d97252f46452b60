package mutirao.server.access;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of names, in the order in which they came; one too many, and the first goes. */
final class Remembered<V> extends LinkedHashMap<String, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  /** Of at most {@code most} names. */
  Remembered(int most) {
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
    return size() > most;
  }
}
