package mutirao.web.live;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values under numbers, of which the oldest go where there are too many. Not thread-safe. */
final class Recent<V> {
  private final int most;
  private final Map<Long, V> values = new LinkedHashMap<>();

  Recent(int most) {
    this.most = most;
  }

  void put(long key, V value) {
    values.put(key, value);
    if (values.size() > most) {
      values.remove(values.keySet().iterator().next());
    }
  }

  void remove(long key) {
    if (!values.isEmpty()) {
      values.remove(key);
    }
  }

  @Nullable V get(long key) {
    return values.get(key);
  }
}
