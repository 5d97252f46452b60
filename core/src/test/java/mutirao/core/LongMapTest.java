package mutirao.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LongMapTest {

  @Test
  void agreesWithAHashMapOverAHundredThousandSteps() {
    SplittableRandom random = new SplittableRandom(1);
    LongMap<Integer> map = new LongMap<>();
    Map<Long, Integer> plain = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      // Few keys, so that they come and go and collide; multiples of 16 share a home before mixing.
      long key = (1 + random.nextInt(300)) * (random.nextBoolean() ? 1L : 16L);
      switch (random.nextInt(3)) {
        case 0 -> assertEquals(plain.putIfAbsent(key, i) == null, map.putIfAbsent(key, i));
        case 1 -> assertEquals(plain.remove(key), map.remove(key));
        default -> assertEquals(plain.get(key), map.get(key));
      }
      assertEquals(plain.size(), map.size());
    }
    plain.forEach((key, value) -> assertEquals(value, map.get(key)));
    Integer[] values = map.copyTo(new Integer[map.size()]);
    assertEquals(
        plain.values().stream().sorted().toList(), Arrays.stream(values).sorted().toList());
  }

  @Test
  void zeroIsNoKey() {
    LongMap<String> map = new LongMap<>();
    assertNull(map.get(0));
    assertNull(map.remove(0));
    assertThrows(IllegalArgumentException.class, () -> map.putIfAbsent(0, "x"));
  }

  @Test
  void aKeyInUseKeepsItsValue() {
    LongMap<String> map = new LongMap<>();
    map.putIfAbsent(7, "first");
    assertFalse(map.putIfAbsent(7, "second"));
    assertEquals("first", map.get(7));
  }
}
