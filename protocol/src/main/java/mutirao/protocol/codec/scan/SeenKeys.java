package mutirao.protocol.codec.scan;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one object so far, to find the one that comes twice. A few are compared one by one,
 * which is what nearly every object needs; from the ninth on they go into a set, so that no choice
 * of keys makes it slow.
 */
public final class SeenKeys {
  private static final int FEW = 8;

  private final String[] few = new String[FEW];
  private int size;
  private @Nullable Set<String> many;

  /** Remembers a key; false where it was there already. */
  public boolean add(String key) {
    if (many != null) {
      return many.add(key);
    }
    for (int i = 0; i < size; i++) {
      if (few[i].equals(key)) {
        return false;
      }
    }
    if (size < FEW) {
      few[size++] = key;
    } else {
      many = new HashSet<>(Arrays.asList(few));
      many.add(key);
    }
    return true;
  }

  public void clear() {
    size = 0;
    many = null;
  }
}
