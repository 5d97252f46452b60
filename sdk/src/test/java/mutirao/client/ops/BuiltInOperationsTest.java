package mutirao.client.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import mutirao.client.Operation;
import mutirao.client.OperationException;
import mutirao.client.worker.StubTask;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInOperationsTest {

  private static String run(String operation, RawJson params) throws Exception {
    Operation op = BuiltInOperations.all().get(operation);
    return Json.write(op.run(new StubTask(params))).toString();
  }

  private static String run(String operation, String params) throws Exception {
    return run(operation, Json.of(params));
  }

  private static String text(String operation, String text) throws Exception {
    return run(operation, Json.write(Map.of("text", text)));
  }

  @Test
  void thereAreTheEightOfTheProtocol() {
    assertEquals(
        Set.of(
            "sum", "average", "max", "min", "count_words", "count_chars", "uppercase", "lowercase"),
        BuiltInOperations.all().keySet());
    assertThrows(UnsupportedOperationException.class, () -> BuiltInOperations.all().remove("sum"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sum     | 10,20,30,40             | 100",
        "sum     |                         | 0",
        "sum     | 0.1,0.2                 | 0.3",
        "sum     | 0.5,0.5                 | 1",
        "sum     | 1e2                     | 100",
        "sum     | 1e399,-1e399            | 0",
        "sum     | 9007199254740993,1      | 9007199254740994",
        "sum     | -0,-0.0                 | 0",
        "sum     | 0e999999999             | 0",
        "sum     | 0.0000001               | 0.0000001",
        "sum     | 123456789012345678901234567890,0.000000000000000000000000000001"
            + " | 123456789012345678901234567890.000000000000000000000000000001",
        "average | 10,20,30,40             | 25",
        "average | 1,2                     | 1.5",
        "average | 1,1,2                   | 1.333333333333333333333333333333333",
        "average | 2,2,1                   | 1.666666666666666666666666666666667",
        "average | 0.1,0.2                 | 0.15",
        "average | 1e30                    | 1000000000000000000000000000000",
        "average | -5                      | -5",
        "max     | 3,1e1,2                 | 10",
        "max     | -1,-2                   | -1",
        "max     | 1.50                    | 1.5",
        "min     | 3,1,2                   | 1",
        "min     | 1e-5,1                  | 0.00001",
        "min     | -1e3                    | -1000",
      })
  void computesExactly(String operation, String numbers, String result) throws Exception {
    String array = numbers == null ? "" : numbers;
    assertEquals(result, run(operation, "{\"numbers\":[" + array + "]}"));
  }

  @Test
  void anAverageIsRoundedHalfToEven() throws Exception {
    // 34 digits and a half: to the even neighbour, down and up.
    assertEquals(
        "1000000000000000000000000000000000",
        run("average", "{\"numbers\":[1000000000000000000000000000000000.5]}"));
    String even = "1234567890123456789012345678901234";
    assertEquals(even, run("average", "{\"numbers\":[" + even + ".5]}"));
    assertEquals(
        "1234567890123456789012345678901236",
        run("average", "{\"numbers\":[1234567890123456789012345678901235.5]}"));
  }

  @Test
  void theLongestResultCanStillBeRead() throws Exception {
    String large = "9".repeat(400);
    String small = "0." + "0".repeat(399) + "1";
    String numbers =
        String.join(",", IntStream.range(0, 1_000).mapToObj(_ -> large + "," + small).toList());
    String result = run("sum", "{\"numbers\":[" + numbers + "]}");
    assertTrue(result.length() < Limits.MAX_NUMBER_CHARS);
    assertEquals(
        new BigDecimal(large)
            .add(new BigDecimal(small))
            .multiply(BigDecimal.valueOf(1_000))
            .stripTrailingZeros(),
        Json.parse(RawJson.of(result)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "1e400",
        "1e2147483647",
        "1e-2147483647",
        "1e-401"
      })
  void numbersThatWouldNotFitInMemoryAreBadInput(String number) {
    for (String operation : List.of("sum", "average", "max", "min")) {
      assertTrue(badInput(operation, "{\"numbers\":[1," + number + "]}").startsWith("numbers: "));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "average     | {'numbers':[]}    | numbers: there must be at least one",
        "max         | {'numbers':[]}    | numbers: there must be at least one",
        "min         | {'numbers':[]}    | numbers: there must be at least one",
        "sum         | {}                | numbers: is missing",
        "sum         | []                | params: must be an object",
        "sum         | null              | params: must be an object",
        "sum         | {'numbers':null}  | numbers: must be an array of numbers",
        "sum         | {'numbers':'1'}   | numbers: must be an array of numbers",
        "sum         | {'numbers':['1']} | numbers: must hold numbers only; the one at place 0 is"
            + " none",
        "sum         | {'numbers':[1,null]} | numbers: must hold numbers only; the one at place 1"
            + " is none",
        "count_words | {}                | text: is missing",
        "count_chars | {'text':1}        | text: must be text",
        "uppercase   | {'text':null}     | text: must be text",
        "lowercase   | 7                 | params: must be an object",
      })
  void wrongParamsNameTheField(String operation, String params, String message) {
    assertEquals(message, badInput(operation, params.replace('\'', '"')));
  }

  private static String badInput(String operation, String params) {
    OperationException refused =
        assertThrows(OperationException.class, () -> run(operation, params));
    assertEquals(OperationException.BAD_INPUT, refused.code());
    assertFalse(refused.retry());
    return String.valueOf(refused.getMessage());
  }

  @Test
  void wordsAreWhatStandsBetweenWhiteSpace() throws Exception {
    assertEquals("0", text("count_words", ""));
    assertEquals("0", text("count_words", " \t\r\n"));
    assertEquals("1", text("count_words", "mutirão"));
    assertEquals("3", text("count_words", "  três  tristes\n\n tigres "));
    assertEquals("1", text("count_words", "a-b_c.d,e"));
    assertEquals("1", text("count_words", "\ud83d\ude00\ud83d\ude00"));
  }

  /** The code points with the property White_Space in Unicode's PropList.txt. */
  @Test
  void whiteSpaceIsWhatUnicodeSaysItIs() throws Exception {
    Set<Integer> whiteSpace =
        Set.of(
            0x9, 0xA, 0xB, 0xC, 0xD, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003,
            0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
            0x3000);
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if (Character.getType(c) == Character.SURROGATE) {
        continue;
      }
      long words = BuiltInOperations.countWords("a" + Character.toString(c) + "b");
      assertEquals(whiteSpace.contains(c) ? 2 : 1, words, "code point " + c);
    }
  }

  @Test
  void wordsOfABookAreThoseOfWc() throws Exception {
    Path book = Path.of("../LICENSE");
    Process wc = new ProcessBuilder("wc", "-w").redirectInput(book.toFile()).start();
    String counted = new String(wc.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(counted, text("count_words", Files.readString(book)));
    assertTrue(Integer.parseInt(counted) > 1_000);
  }

  @Test
  void charactersAreCodePoints() throws Exception {
    assertEquals("0", text("count_chars", ""));
    assertEquals("7", text("count_chars", "mutirão"));
    assertEquals("2", text("count_chars", "\ud83d\ude00\u0301"));
  }

  @Test
  void lettersChangeAsUnicodeSaysInEveryCountry() throws Exception {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertEquals("\"TITIO É SSAN\"", text("uppercase", "titio é ßan"));
      assertEquals("\"titio é\"", text("lowercase", "TITIO É"));
      assertEquals("\"ὀδυσσεύς\"", text("lowercase", "ὈΔΥΣΣΕΎΣ"));
    } finally {
      Locale.setDefault(before);
    }
  }
}
