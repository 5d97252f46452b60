package mutirao.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.StreamFormat;
import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;
import org.junit.jupiter.api.Test;

/** The format does without a connection, so that the stream can be tested without one. */
class SharedStreamTest {
  private static final int IN_FLIGHT = 64;
  private int pings;
  private final Findings findings = new Findings();
  private final StreamFormat format = new Lines();

  private final class Lines implements StreamFormat {
    @Override
    public int frameEnd(byte[] bytes, int from, int to) {
      int newline = Bytes.indexOf(bytes, from, to, (byte) '\n');
      return newline < 0 ? -1 : newline + 1;
    }

    @Override
    public int payloadAt(byte[] bytes, int from, int to) {
      return to - from == Payload.LENGTH + 2 && bytes[from] == 'm' ? from + 1 : -1;
    }

    @Override
    public boolean handleOther(Connection connection, byte[] bytes, int from, int to) {
      boolean ping = new String(bytes, from, to - from, US_ASCII).equals("m-ping\n");
      pings += ping ? 1 : 0;
      return ping;
    }
  }

  private static byte[] messages(int first, int count) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    byte[] payload = new byte[Payload.LENGTH];
    for (int i = first; i < first + count; i++) {
      Payload.write(payload, 0, 0, i);
      stream.write('m');
      stream.writeBytes(payload);
      stream.write('\n');
    }
    return stream.toByteArray();
  }

  private SharedStream stream(int members) {
    return new SharedStream(format, members, IN_FLIGHT, findings);
  }

  @Test
  void countsMessagesAtEachMemberHoweverTheBytesAreCut() {
    Random random = new Random(3);
    SharedStream stream = stream(3);
    byte[] all = messages(0, 50);
    int[] handed = new int[3];
    int[] seen = new int[3];
    while (handed[0] + handed[1] + handed[2] < 3 * all.length) {
      int member = random.nextInt(3);
      seen[member] = Math.min(all.length, seen[member] + random.nextInt(250));
      handed[member] = stream.take(member, null, all, handed[member], seen[member]);
    }
    assertEquals(150, stream.deliveries());
    assertEquals(50, stream.heardByAll());
    assertTrue(findings.verdict(50, 50, 0).ok());
  }

  @Test
  void aPingBetweenMessagesIsAnsweredAtWhoeverItComes() {
    SharedStream stream = stream(2);
    byte[] ping = "m-ping\n".getBytes(US_ASCII);
    byte[] two = messages(0, 2);
    byte[] mixed = new byte[two.length + 2 * ping.length];
    int half = two.length / 2;
    System.arraycopy(ping, 0, mixed, 0, ping.length);
    System.arraycopy(two, 0, mixed, ping.length, half);
    System.arraycopy(ping, 0, mixed, ping.length + half, ping.length);
    System.arraycopy(two, half, mixed, 2 * ping.length + half, half);
    assertEquals(mixed.length, stream.take(0, null, mixed, 0, mixed.length));
    for (int at = 0, end = 1; end <= mixed.length; end++) {
      at = stream.take(1, null, mixed, at, end);
    }
    assertEquals(4, pings);
    assertEquals(4, stream.deliveries());
    assertTrue(findings.verdict(2, 2, 0).ok());
  }

  @Test
  void everyChangedByteIsFoundAtTheFirstMemberAndAtTheOthers() {
    for (int changed = 0; changed < Payload.LENGTH + 1; changed++) {
      for (int member = 0; member < 2; member++) {
        Findings found = new Findings();
        SharedStream stream = new SharedStream(format, 2, IN_FLIGHT, found);
        byte[] right = messages(0, 2);
        byte[] wrong = right.clone();
        wrong[Payload.LENGTH + 2 + changed] ^= 1;
        stream.take(0, null, member == 0 ? wrong : right, 0, right.length);
        stream.take(1, null, member == 1 ? wrong : right, 0, right.length);
        assertFalse(found.verdict(2, 2, 0).ok(), "byte " + changed + ", member " + member);
      }
    }
  }

  @Test
  void aMissingAndARepeatedMessageAreFound() {
    SharedStream missing = stream(1);
    missing.take(0, null, messages(1, 1), 0, Payload.LENGTH + 2);
    assertFalse(findings.verdict(1, 0, 1).ok());
    Findings found = new Findings();
    SharedStream repeated = new SharedStream(format, 1, IN_FLIGHT, found);
    repeated.take(0, null, messages(0, 1), 0, Payload.LENGTH + 2);
    repeated.take(0, null, messages(0, 1), 0, Payload.LENGTH + 2);
    assertEquals(1, found.verdict(1, 1, 0).bad());
  }

  @Test
  void staysRightWhenMoreHasPassedThanIsKept() {
    SharedStream stream = stream(2);
    for (int first = 0; first < 60_000; first += 60) {
      byte[] some = messages(first, 60);
      for (int member = 0; member < 2; member++) {
        assertEquals(some.length, stream.take(member, null, some, 0, some.length));
      }
    }
    assertEquals(120_000, stream.deliveries());
    assertTrue(findings.verdict(60_000, 60_000, 0).ok());
  }
}
