package mutirao.protocol.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames at the bounds, and what is built to make a reader slow or large (SEC-11, SEC-12). */
final class FrameLimitsTest {
  private static final int MAX = Limits.MAX_FRAME_BYTES;
  private static final String GOOD = "{\"type\":\"status\"}\n";
  private static final ClientFrame STATUS = new ClientFrame.Status(null);

  private static String submit(String params) {
    return "{\"type\":\"submit\",\"operation\":\"x\",\"params\":" + params + "}";
  }

  private static String frameOf(int bytes) {
    return submit("\"" + "x".repeat(bytes - submit("\"\"").length()) + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "", "\r\n", "  \n"})
  void aFrameOfExactlyTheLargestSizePasses(String end) {
    byte[] bytes = (frameOf(MAX) + end + GOOD).getBytes(UTF_8);
    for (Heard<ClientFrame> heard : everyWay(bytes)) {
      assertEquals(2, heard.all.size());
      assertInstanceOf(ClientFrame.Submit.class, heard.all.get(0));
      assertEquals(STATUS, heard.all.get(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", ""})
  void oneByteMoreIsTooLargeAndTheLastThingHeard(String end) {
    byte[] bytes = (GOOD + frameOf(MAX + 1) + end + GOOD).getBytes(UTF_8);
    for (Heard<ClientFrame> heard : everyWay(bytes)) {
      assertEquals(List.of(STATUS, tooLarge()), heard.all);
    }
  }

  @Test
  void aGiantLineIsTooLargeBeforeItEnds() {
    byte[] open = ("{\"type\":\"" + "x".repeat(MAX)).getBytes(UTF_8);
    for (Heard<ClientFrame> heard : everyWay(open)) {
      assertEquals(List.of(tooLarge()), heard.all);
    }
    byte[] noise = "x".repeat(MAX + 1).getBytes(UTF_8);
    for (Heard<ClientFrame> heard : everyWay(noise)) {
      assertEquals(List.of(ErrorCode.MALFORMED, ErrorCode.TOO_LARGE), codes(heard));
    }
    byte[] shortNoise = ("x".repeat(MAX) + "\n" + GOOD).getBytes(UTF_8);
    for (Heard<ClientFrame> heard : everyWay(shortNoise)) {
      assertEquals(List.of(ErrorCode.MALFORMED), codes(heard));
      assertEquals(STATUS, heard.all.getLast());
    }
  }

  @Test
  void aLineOfManyFramesMayBeLongerThanOne() {
    int frames = 3 * MAX / GOOD.length();
    byte[] bytes = (GOOD.strip().repeat(frames) + "\n").getBytes(UTF_8);
    for (Heard<ClientFrame> heard : List.of(inOnePiece(bytes), inPiecesOf(bytes, 8192))) {
      assertEquals(frames, heard.frames().size());
      assertEquals(List.of(), heard.problems());
    }
  }

  @Test
  void theBoundChangesForTheFramesThatBeginLater() {
    FrameReader<ClientFrame> reader = new FrameReader<>(FrameDecoder.client(), 100);
    List<Object> heard = new ArrayList<>();
    FrameReader.Sink<ClientFrame> sink =
        new FrameReader.Sink<>() {
          @Override
          public void frame(ClientFrame frame) {
            heard.add(frame);
            reader.maxFrameBytes(1000);
          }

          @Override
          public void problem(Problem problem) {
            heard.add(problem.code());
          }
        };
    byte[] bytes = (GOOD.strip() + frameOf(1000) + "\n" + frameOf(1001)).getBytes(UTF_8);
    reader.feed(bytes, 0, bytes.length, sink);
    assertEquals(3, heard.size());
    assertInstanceOf(ClientFrame.Submit.class, heard.get(1));
    assertEquals(ErrorCode.TOO_LARGE, heard.get(2));
  }

  @Test
  void onlyAnUnfinishedFrameIsHeld() {
    FrameReader<ClientFrame> reader = new FrameReader<>(FrameDecoder.client(), MAX);
    Heard<ClientFrame> heard = new Heard<>();
    byte[] bytes = (GOOD + "   {\"type\"").getBytes(UTF_8);
    reader.feed(bytes, 0, bytes.length, heard);
    assertEquals("{\"type\"".length(), reader.pendingBytes());
    byte[] rest = ":\"status\"}garbage".getBytes(UTF_8);
    reader.feed(rest, 0, rest.length, heard);
    assertEquals(0, reader.pendingBytes());
    assertEquals(List.of(STATUS, STATUS), heard.frames());
  }

  @Test
  void depthIsBounded() {
    String deepest = "[".repeat(63) + "]".repeat(63);
    assertEquals(List.of(), Heard.fromClient(submit(deepest) + "\n").problems());
    String deeper = "[".repeat(64) + "]".repeat(64);
    for (String line :
        List.of(submit(deeper), submit("[".repeat(1_000_000)), "{\"a\":".repeat(200_000))) {
      for (Heard<ClientFrame> heard : everyWay((line + "\n" + GOOD).getBytes(UTF_8))) {
        assertEquals(List.of(ErrorCode.MALFORMED), codes(heard));
        assertEquals(STATUS, heard.all.getLast());
      }
    }
  }

  @Test
  void numbersAreBoundedInDigitsButNotInSize() {
    String million = "1".repeat(1_000_000);
    for (String number :
        List.of(million, "-" + million, "0." + million, "1e" + million, "1" + million + "e5")) {
      List<Object> heard = Heard.fromClient(submit(number) + "\n" + GOOD).all;
      assertEquals(ErrorCode.MALFORMED, ((Problem) heard.get(0)).code());
      assertEquals(STATUS, heard.get(1));
    }
    for (String number :
        List.of("1".repeat(1000), "1e999999999", "-1E-999999999", "1e99999999999999999999")) {
      List<Object> heard = Heard.fromClient(submit(number) + "\n").all;
      assertEquals(
          RawJson.of(number),
          assertInstanceOf(ClientFrame.Submit.class, heard.getFirst()).params());
    }
  }

  @Test
  void manyKeysOfOneHashCodeAreReadAndTheDuplicateIsFound() {
    StringBuilder members = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      members.append('"').append(sameHash(i)).append("\":0,");
    }
    String large =
        "{\"type\":\"submit\",\"operation\":\"x\",\"params\":{" + members + "\"last\":0}}\n";
    byte[] bytes = large.getBytes(UTF_8);
    Heard<ClientFrame> heard = Heard.inOnePiece(FrameDecoder.client(), bytes, 8 * MAX);
    assertEquals(List.of(), heard.problems());
    Map<?, ?> params =
        (Map<?, ?>)
            Objects.requireNonNull(
                Json.parse(((ClientFrame.Submit) heard.all.getFirst()).params()));
    assertEquals(100_001, params.size());

    byte[] twice = large.replace("\"last\"", '"' + sameHash(99_999) + '"').getBytes(UTF_8);
    assertEquals(
        List.of("malformed.duplicate_key"),
        Heard.inOnePiece(FrameDecoder.client(), twice, 8 * MAX).problems().stream()
            .map(Problem::key)
            .toList());
  }

  /** "Aa" and "BB" have the same hash code, and so have all sequences of seventeen of them. */
  private static String sameHash(int number) {
    StringBuilder key = new StringBuilder();
    for (int bit = 0; bit < 17; bit++) {
      key.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return key.toString();
  }

  @Test
  void manyUnfinishedLinesCostNoMoreThanTheirBytes() {
    byte[] bytes = ("{\"a\":[\n".repeat(20_000) + GOOD).getBytes(UTF_8);
    Heard<ClientFrame> heard = inOnePiece(bytes);
    assertEquals(20_000, heard.problems().size());
    assertEquals(List.of(STATUS), heard.frames());
  }

  private static List<Heard<ClientFrame>> everyWay(byte[] bytes) {
    return List.of(inOnePiece(bytes), inPiecesOf(bytes, 8192), inPiecesOf(bytes, 7));
  }

  private static Heard<ClientFrame> inOnePiece(byte[] bytes) {
    return Heard.inOnePiece(FrameDecoder.client(), bytes, MAX);
  }

  private static Heard<ClientFrame> inPiecesOf(byte[] bytes, int size) {
    int[] cuts = new int[(bytes.length - 1) / size];
    for (int i = 0; i < cuts.length; i++) {
      cuts[i] = (i + 1) * size;
    }
    return Heard.inPieces(FrameDecoder.client(), bytes, MAX, cuts);
  }

  private static Problem tooLarge() {
    return Problem.of(null, ErrorCode.TOO_LARGE, "too_large", MAX);
  }

  private static List<ErrorCode> codes(Heard<ClientFrame> heard) {
    return heard.problems().stream().map(Problem::code).toList();
  }
}
