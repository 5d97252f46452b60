package mutirao.protocol.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Messages;
import mutirao.protocol.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not JSON: one {@code malformed} a line, and the next line is read as usual. */
final class MalformedTest {
  private static final String GOOD = "{\"type\":\"status\"}\n";
  private static final ClientFrame STATUS = new ClientFrame.Status(null);

  static Stream<String> lines() {
    return Samples.lines("malformed.txt").stream().map(Samples::expand);
  }

  @ParameterizedTest
  @MethodSource("lines")
  void aMalformedLineIsReportedOnceAndTheNextIsRead(String line) {
    byte[] bytes = (line + "\n" + GOOD).getBytes(ISO_8859_1);
    List<Object> heard = Heard.fromClient(bytes).all;
    assertEquals(2, heard.size(), () -> heard.toString());
    Problem problem = (Problem) heard.get(0);
    assertEquals(ErrorCode.MALFORMED, problem.code());
    assertEquals(STATUS, heard.get(1));
    // It can be said, and where it is lies within the line.
    long position = problem.position();
    assertEquals(position, Math.clamp(position, 0, line.length()));
    assertEquals(problem.position(), Messages.error(Locale.ENGLISH, problem).position());

    assertEquals(heard, Heard.byteByByte(FrameDecoder.client(), bytes, 1 << 20).all);
    for (int cut = 0; cut <= bytes.length; cut += 1 + bytes.length / 25) {
      assertEquals(heard, Heard.inPieces(FrameDecoder.client(), bytes, 1 << 20, cut).all);
    }
  }

  @Test
  void positionsCountFromTheBeginningOfTheLine() {
    assertPosition(0, "x");
    assertPosition(2, "  x");
    assertPosition(15, "{\"type\":\"ping\"}xyz");
    assertPosition(8, "{\"type\":x}");
    assertPosition(9, "{\"type\":1");
    assertPosition(8, "{\"a\":1, \"a\":2}".replace(", ", " ,"));
    assertPosition(7, "{\"a\":\"\\ud800\"}".replace("\"\\ud", "\"-\\ud"));
    assertPosition(6, "{\"a\":\"\u00ff\"}");
  }

  private static void assertPosition(long expected, String line) {
    List<Problem> problems = Heard.fromClient((GOOD + line + "\n").getBytes(ISO_8859_1)).problems();
    assertEquals(List.of(expected), problems.stream().map(Problem::position).toList(), line);
  }

  @Test
  void textBehindAnObjectIsOneProblemForTheRestOfTheLine() {
    assertHeard(
        "{\"type\":\"status\"} and so on, {\"type\":\"status\"}\n" + GOOD,
        STATUS,
        "malformed.not_object",
        STATUS);
    assertHeard("{\"type\":\"status\"}}\n" + GOOD, STATUS, "malformed.not_object", STATUS);
    assertHeard("{\"type\":\"status\"},\n" + GOOD, STATUS, "malformed.not_object", STATUS);
    assertHeard("{\"type\":\"status\"} {\"type\"\n" + GOOD, STATUS, "malformed.unfinished", STATUS);
  }

  @Test
  void behindAMalformedObjectTheLineGoesOnOnlyWithAnObject() {
    // A client that never ends its lines would not be heard again otherwise.
    assertHeard("{\"type\":}{\"type\":\"status\"} " + GOOD, "malformed", STATUS, STATUS);
    assertHeard("{\"type\":} more {\"type\":\"status\"}\n" + GOOD, "malformed", STATUS);
    assertHeard("{'a':'}'} {\n" + GOOD, "malformed", STATUS);
    assertHeard("{\"type\":} {\"type\"\n" + GOOD, "malformed", STATUS);
  }

  @Test
  void whiteSpaceBetweenFramesIsNothing() {
    assertHeard(
        " \t\r\n\n\r\n  {\"type\":\"status\"}\t {\"type\":\"status\"}\r\n\n", STATUS, STATUS);
  }

  @Test
  void anObjectNeedsNoNewline() {
    assertHeard("{\"type\":\"status\"}", STATUS);
    assertHeard("{\"type\":\"status\"}{\"type\":\"status\"}", STATUS, STATUS);
  }

  /** Text stands for the problem with that sentence. */
  private static void assertHeard(String sent, Object... expected) {
    byte[] bytes = sent.getBytes(UTF_8);
    assertEquals(List.of(expected), keys(Heard.fromClient(bytes)));
    assertEquals(List.of(expected), keys(Heard.byteByByte(FrameDecoder.client(), bytes, 1 << 20)));
    for (int cut = 0; cut <= bytes.length; cut++) {
      assertEquals(
          List.of(expected), keys(Heard.inPieces(FrameDecoder.client(), bytes, 1 << 20, cut)));
    }
  }

  private static List<Object> keys(Heard<?> heard) {
    return heard.all.stream()
        .map(one -> one instanceof Problem problem ? problem.key() : one)
        .toList();
  }

  @Test
  void noBytesThrowOrSwallowTheNextLine() {
    Random random = new Random(4);
    Generated generated = new Generated(5);
    for (int i = 0; i < 3_000; i++) {
      byte[] rubbish = i % 2 == 0 ? noise(random) : damaged(random, generated);
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      sent.writeBytes(rubbish);
      sent.write('\n');
      sent.writeBytes(GOOD.getBytes(UTF_8));
      byte[] bytes = sent.toByteArray();
      List<Object> heard = Heard.fromClient(bytes).all;
      assertEquals(STATUS, heard.getLast());
      assertEquals(heard, Heard.byteByByte(FrameDecoder.client(), bytes, 1 << 20).all);
      assertEquals(
          heard,
          Heard.inPieces(FrameDecoder.client(), bytes, 1 << 20, random.nextInt(bytes.length)).all);
      for (Problem problem : Heard.fromClient(bytes).problems()) {
        Messages.error(Locale.ENGLISH, problem);
      }
    }
  }

  private static byte[] noise(Random random) {
    byte[] bytes = new byte[random.nextInt(60)];
    random.nextBytes(bytes);
    String likely = "{}[]\":,\\{}\"\n 1etfn";
    for (int i = 0; i < bytes.length; i++) {
      if (random.nextInt(3) > 0) {
        bytes[i] = (byte) likely.charAt(random.nextInt(likely.length()));
      }
    }
    return bytes;
  }

  private static byte[] damaged(Random random, Generated generated) {
    byte[] bytes = FrameWriter.toText(generated.clientFrame()).getBytes(UTF_8);
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
