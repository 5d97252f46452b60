package mutirao.bench.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {
  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  @Test
  void findsTheFirstByteWhereverItIsAndWhateverIsAroundIt() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      int from = random.nextInt(bytes.length + 1);
      int to = from + random.nextInt(bytes.length - from + 1);
      byte wanted =
          bytes.length > 0 && random.nextBoolean()
              ? bytes[random.nextInt(bytes.length)]
              : (byte) random.nextInt();
      assertEquals(naive(bytes, from, to, wanted), Bytes.indexOf(bytes, from, to, wanted));
    }
  }

  private static int naive(byte[] bytes, int from, int to, byte wanted) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  @Test
  void findsWhatStandsBehindAKeyButNotBeyondTheEnd() {
    byte[] frame = ascii("{\"tas\":1,\"task\":\"3k7f\"}");
    byte[] key = ascii("\"task\":\"");
    int after = Bytes.after(frame, 0, frame.length, key);
    assertEquals("3k7f", new String(frame, after, 4, US_ASCII));
    assertEquals(-1, Bytes.after(frame, 0, after - 1, key));
    assertEquals(-1, Bytes.after(frame, after, frame.length, key));
  }

  @Test
  void comparesAPrefixWithinItsBounds() {
    byte[] bytes = ascii("xping");
    assertTrue(Bytes.startsWith(bytes, 1, 5, ascii("ping")));
    assertFalse(Bytes.startsWith(bytes, 1, 4, ascii("ping")));
    assertFalse(Bytes.startsWith(bytes, 0, 5, ascii("ping")));
  }

  @Test
  void writesAndReadsNumbersOfAFixedWidth() {
    byte[] bytes = ascii("................");
    for (long value : new long[] {0, 7, 42, 9_999_999_999L}) {
      Bytes.putDigits(bytes, 3, 10, value);
      assertEquals(value, Bytes.digits(bytes, 3, 10));
    }
    assertEquals('.', bytes[2]);
    assertEquals('.', bytes[13]);
    assertEquals(-1, Bytes.digits(bytes, 2, 10));
  }

  @Test
  void tellsTaskIdsApart() {
    byte[] ids = ascii("3k7f3k7g");
    assertEquals(Bytes.hash(ids, 0, 3), Bytes.hash(ids, 4, 7));
    assertTrue(Bytes.hash(ids, 0, 4) != Bytes.hash(ids, 4, 8));
  }
}
