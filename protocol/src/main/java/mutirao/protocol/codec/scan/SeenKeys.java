package mutirao.protocol.codec.scan;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import mutirao.protocol.Limits;
import org.jspecify.annotations.Nullable;

/**
 * The keys so far of one object and of those around it, to find the one that comes twice. A few are
 * compared one by one, which is what nearly every object needs; from the ninth on they go into a
 * set, so that no choice of keys makes it slow. Not thread-safe.
 */
public final class SeenKeys {
  private static final int FEW = 8;

  private final @Nullable OneObject[] byDepth = new OneObject[Limits.MAX_DEPTH + 1];

  private static final class OneObject {
    final String[] few = new String[FEW];
    int size;
    @Nullable Set<String> many;

    boolean add(String key) {
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
  }

  /** Begins an object that lies in {@code depth} others. */
  public void open(int depth) {
    OneObject object = byDepth[depth];
    if (object == null) {
      byDepth[depth] = new OneObject();
    } else {
      object.size = 0;
      object.many = null;
    }
  }

  /**
   * Remembers a key of the object opened last at {@code depth}; false where it was there already.
   */
  public boolean add(int depth, String key) {
    OneObject object = byDepth[depth];
    return object != null && object.add(key);
  }
}
