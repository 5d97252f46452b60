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

  /** In the manner of JSON test suites; one character is one byte, and none holds a newline. */
  static Stream<String> lines() {
    return Stream.of(
        // no object
        "x",
        "ping",
        "null",
        "true",
        "17",
        "\"type\"",
        "[]",
        "[{\"type\":\"ping\"}]",
        "]",
        "}",
        ",",
        ":",
        "\\",
        "'{}'",
        "//",
        "/* */ {\"type\":\"ping\"}",
        "# {\"type\":\"ping\"}",
        "\0",
        "\u007f",
        "\u000b{\"type\":\"ping\"}",
        "\u000c{\"type\":\"ping\"}",
        "\u00a0{\"type\":\"ping\"}",
        "\u00ef\u00bb\u00bf{\"type\":\"ping\"}",
        "\u00fe\u00ff\0{\0\"",
        "GET / HTTP/1.1",
        "\u0016\u0003\u0001\u0002\0\u0001",
        // unfinished
        "{",
        "{\"",
        "{\"type",
        "{\"type\"",
        "{\"type\":",
        "{\"type\":\"ping",
        "{\"type\":\"ping\"",
        "{\"type\":\"ping\",",
        "{\"type\":\"ping\\\"}",
        "{\"type\":\"ping\"]",
        "{\"a\":[",
        "{\"a\":[1,2}",
        "{\"a\":{\"b\":1}",
        "{\"type\":\"ping}",
        // complete, but wrong between the braces
        "{\0}",
        "{x}",
        "{,}",
        "{:}",
        "{\"type\"}",
        "{\"type\":}",
        "{\"type\":,}",
        "{\"type\" \"ping\"}",
        "{\"type\"::\"ping\"}",
        "{\"type\",\"ping\"}",
        "{\"type\":\"ping\",}",
        "{,\"type\":\"ping\"}",
        "{\"type\":\"ping\",,\"a\":1}",
        "{\"type\":\"ping\" \"a\":1}",
        "{\"type\":\"ping\" \"ping\"}",
        "{\"type\":\"ping\";\"a\":1}",
        "{'type':'ping'}",
        "{\"type\":'ping'}",
        "{type:\"ping\"}",
        "{1:\"ping\"}",
        "{null:1}",
        "{\"type\":\"ping\",\"a\":1 2}",
        "{\"type\":\"ping\"/*c*/}",
        "{\"type\":\"ping\"//}",
        "{\"type\":\"ping\"#}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\":[1 2]}",
        "{\"a\":[1:2]}",
        "{\"a\":[}]}",
        "{\"a\":{]}}",
        "{\"a\":{\"b\"}}",
        "{\"a\":{\"b\":1,}}",
        "{\"a\":nul}",
        "{\"a\":NULL}",
        "{\"a\":True}",
        "{\"a\":truer}",
        "{\"a\":falsehood}",
        "{\"a\":undefined}",
        "{\"a\":NaN}",
        "{\"a\":nan}",
        "{\"a\":Infinity}",
        "{\"a\":-Infinity}",
        "{\"a\":+Infinity}",
        "{\"a\":INF}",
        // numbers
        "{\"a\":+1}",
        "{\"a\":-}",
        "{\"a\":--1}",
        "{\"a\":01}",
        "{\"a\":-01}",
        "{\"a\":00}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":-.5}",
        "{\"a\":1.e1}",
        "{\"a\":1e}",
        "{\"a\":1e+}",
        "{\"a\":1e1.5}",
        "{\"a\":1.2.3}",
        "{\"a\":0x10}",
        "{\"a\":1a}",
        "{\"a\":1_000}",
        "{\"a\":1,000}",
        "{\"a\":- 1}",
        "{\"a\":\u00b2}",
        // strings
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\'\"}",
        "{\"a\":\"\\0\"}",
        "{\"a\":\"\\a\"}",
        "{\"a\":\"\\u\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\U00e9\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\r\"}",
        "{\"a\":\"\0\"}",
        "{\"a\":\"\u001f\"}",
        "{\"\t\":1}",
        "{\"\\x\":1}",
        "{\"a\":\"b\"c\"}",
        // half surrogate pairs
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\"}",
        "{\"a\":\"\\ud83dx\"}",
        "{\"a\":\"\\ud83d\\u0041\"}",
        "{\"a\":\"\\ud83d\\ud83d\\ude00\"}",
        "{\"a\":\"\\ude00\\ud83d\"}",
        "{\"a\":\"\\ud83d\\\\ude00\"}",
        "{\"a\":\"\\uD800\\n\"}",
        "{\"\\ud800\":1}",
        "{\"type\":\"ping\",\"ref\":\"\\udfff\"}",
        "{\"type\":\"broadcast\",\"message\":\"\\ud83d\"}",
        "{\"type\":\"submit\",\"operation\":\"x\",\"params\":[\"\\ud83d\"]}",
        // UTF-8
        "{\"a\":\"\u0080\"}",
        "{\"a\":\"\u00bf\"}",
        "{\"a\":\"\u00e9\"}",
        "{\"a\":\"\u00c3\"}",
        "{\"a\":\"\u00c3x\"}",
        "{\"a\":\"\u00c0\u0080\"}",
        "{\"a\":\"\u00c1\u00bf\"}",
        "{\"a\":\"\u00e0\u0080\u0080\"}",
        "{\"a\":\"\u00e0\u009f\u00bf\"}",
        "{\"a\":\"\u00ed\u00a0\u0080\"}",
        "{\"a\":\"\u00ed\u00bf\u00bf\"}",
        "{\"a\":\"\u00e2\u0082\"}",
        "{\"a\":\"\u00f0\u0080\u0080\u0080\"}",
        "{\"a\":\"\u00f0\u008f\u00bf\u00bf\"}",
        "{\"a\":\"\u00f0\u009f\u0098\"}",
        "{\"a\":\"\u00f4\u0090\u0080\u0080\"}",
        "{\"a\":\"\u00f5\u0080\u0080\u0080\"}",
        "{\"a\":\"\u00fc\u0080\u0080\u0080\u0080\u0080\"}",
        "{\"a\":\"\u00ff\"}",
        "{\"\u00ff\":1}",
        "{\"\u00c3\u00a9\":\u00c3\u00a9}",
        "{\"a\":1\u00c2\u00a0}",
        // keys that come twice
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":1}",
        "{\"\":1,\"\":2}",
        "{\"type\":\"ping\",\"type\":\"ping\"}",
        "{\"type\":\"ping\",\"t\\u0079pe\":\"ping\"}",
        "{\"type\":\"ping\",\"ref\":null,\"ref\":null}",
        "{\"type\":\"ping\",\"a\":{\"b\":1,\"b\":2}}",
        "{\"type\":\"ping\",\"a\":[[{\"b\":1,\"c\":{},\"b\":2}]]}",
        "{\"type\":\"submit\",\"operation\":\"x\",\"params\":{\"k\":1,\"k\":1}}",
        "{\"a\":{\"1\":1,\"2\":1,\"3\":1,\"4\":1,\"5\":1,\"6\":1,\"7\":1,\"8\":1,\"9\":1,\"10\":1,\"9\":1}}",
        // text behind a good object is in another test
        "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}",
        "{\"a\":" + "{\"a\":".repeat(64) + "1" + "}".repeat(65),
        "{\"a\":" + "1".repeat(1001) + "}",
        "{\"a\":0." + "1".repeat(1001) + "}");
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
    for (int cut = 0; cut <= bytes.length; cut += 1 + bytes.length / 100) {
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
    for (int i = 0; i < 6_000; i++) {
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
