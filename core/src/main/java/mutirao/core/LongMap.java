package mutirao.core;

import org.jspecify.annotations.Nullable;

/**
 * Values by positive numbers, without a box for each key: open addressing with linear probing, and
 * removal by shifting back what follows (Knuth, The Art of Computer Programming, volume 3, section
 * 6.4, algorithm R). What is copied out of it is to be sorted, so that nothing comes to depend on
 * its order. Not thread-safe.
 *
 * @param <V> what is kept
 */
public final class LongMap<V> {
  private static final int FIRST_CAPACITY = 16;
  private static final long FREE = 0;

  private long[] keys = new long[FIRST_CAPACITY];
  private @Nullable Object[] values = new Object[FIRST_CAPACITY];
  private int size;

  /** The value under {@code key}; null where there is none. */
  public @Nullable V get(long key) {
    if (key == FREE) {
      return null;
    }
    return value(slotOf(key));
  }

  /** Puts a value under a key that must be free; false, and no change, where it is not. */
  public boolean putIfAbsent(long key, V value) {
    if (key == FREE) {
      throw new IllegalArgumentException("0 is no key");
    }
    int slot = slotOf(key);
    if (keys[slot] == key) {
      return false;
    }
    keys[slot] = key;
    values[slot] = value;
    size++;
    if (size * 2 > keys.length) {
      grow();
    }
    return true;
  }

  /** Takes the value under {@code key} out and returns it; null where there was none. */
  public @Nullable V remove(long key) {
    int hole = slotOf(key);
    if (key == FREE || keys[hole] != key) {
      return null;
    }
    V removed = value(hole);
    int mask = keys.length - 1;
    for (int next = (hole + 1) & mask; keys[next] != FREE; next = (next + 1) & mask) {
      int home = home(keys[next]);
      // It may move into the hole unless its home lies behind the hole.
      boolean reachable = ((next - home) & mask) >= ((next - hole) & mask);
      if (reachable) {
        keys[hole] = keys[next];
        values[hole] = values[next];
        hole = next;
      }
    }
    keys[hole] = FREE;
    values[hole] = null;
    size--;
    return removed;
  }

  /** Puts all values into {@code room}, which has just enough, in no order that means anything. */
  @SuppressWarnings("unchecked") // only values of type V are ever put in
  public V[] copyTo(V[] room) {
    int count = 0;
    for (Object value : values) {
      if (value != null) {
        room[count++] = (V) value;
      }
    }
    return room;
  }

  /** How many values there are. */
  public int size() {
    return size;
  }

  private int slotOf(long key) {
    int mask = keys.length - 1;
    int slot = home(key);
    while (keys[slot] != key && keys[slot] != FREE) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int home(long key) {
    // Fibonacci hashing (Knuth, same section): neighbouring numbers land far apart.
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & (keys.length - 1);
  }

  private void grow() {
    long[] oldKeys = keys;
    Object[] oldValues = values;
    keys = new long[oldKeys.length * 2];
    values = new Object[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        int slot = slotOf(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = oldValues[i];
      }
    }
  }

  @SuppressWarnings("unchecked") // only values of type V are ever put in
  private @Nullable V value(int slot) {
    return (V) values[slot];
  }
}
