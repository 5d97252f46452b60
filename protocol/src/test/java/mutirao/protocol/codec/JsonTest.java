package mutirao.protocol.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import mutirao.protocol.RawJson;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {

  @Test
  void valuesHaveTheirNaturalClass() {
    assertParsed(null, "null");
    assertParsed(true, "true");
    assertParsed(false, " false ");
    assertParsed("", "\"\"");
    assertParsed(
        "a\"\\/\b\f\n\r\té😀\0", "\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\\u0000\"");
    assertParsed(0L, "0");
    assertParsed(0L, "-0");
    assertParsed(Long.MAX_VALUE, "9223372036854775807");
    assertParsed(Long.MIN_VALUE, "-9223372036854775808");
    assertParsed(new BigInteger("9223372036854775808"), "9223372036854775808");
    assertParsed(new BigDecimal("0.1"), "0.1");
    assertParsed(new BigDecimal("1.50"), "1.50");
    assertParsed(new BigDecimal("1E+400"), "1e400");
    assertParsed(List.of(), "[]");
    assertParsed(List.of(1L, List.of("a"), Map.of()), "[1,[\"a\"],{}]");
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", null);
    map.put("a", List.of(true));
    assertParsed(map, "{\"z\":null,\"a\":[true]}");
    assertEquals("[z, a]", ((Map<?, ?>) parse("{\"z\":null,\"a\":[true]}")).keySet().toString());
  }

  private static void assertParsed(@Nullable Object expected, String json) {
    assertEquals(expected, parse(json));
  }

  private static @Nullable Object parse(String json) {
    return Json.parse(RawJson.of(json));
  }

  static Stream<String> malformed() {
    Stream<String> objects =
        Samples.lines("malformed.txt").stream()
            .map(Samples::expand)
            .filter(line -> line.startsWith("{") && line.endsWith("}"));
    return Stream.concat(
        objects,
        Stream.of("", " ", "x", "nul", "1 2", "1,", "[1", "[1]]", "\"a", "{}{}", "01", "{}\n{}"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsMalformedInAFrameIsMalformedHere(String json) {
    RawJson raw = new RawJson(json.getBytes(ISO_8859_1));
    assertThrows(IllegalArgumentException.class, () -> Json.parse(raw));
    // The next one is not disturbed.
    assertParsed(List.of(1L), "[1]");
  }

  @Test
  void whatIsWrongIsSaidWithItsPlace() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> parse("{\"a\":1,\"a\":2}"));
    assertEquals("not strict JSON at byte 7: malformed.duplicate_key", e.getMessage());
  }

  @Test
  void numbersBeyondAnyUseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> parse("1".repeat(1001)));
    assertThrows(IllegalArgumentException.class, () -> parse("1e99999999999"));
    assertEquals(new BigDecimal("1e999999999"), parse("1e999999999"));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Generated generated = new Generated(6);
    for (int i = 0; i < 2_000; i++) {
      RawJson raw = generated.value(5);
      Object value = Json.parse(raw);
      RawJson written = Json.write(value);
      assertEquals(value, Json.parse(written), raw.toString());
      assertEquals(written, Json.write(Json.parse(written)));
    }
  }

  @Test
  @SuppressWarnings({"UndefinedEquals", "UnnecessaryStringBuilder"}) // Any text will do as a key.
  void writesEveryKind() {
    Map<CharSequence, Object> map = new LinkedHashMap<>();
    map.put("list", List.of(1, 2L, (short) 3, (byte) 4));
    map.put(
        new StringBuilder("numbers"),
        new Object[] {1.5, 2.5f, new AtomicInteger(7), BigInteger.TEN, new BigDecimal("1E+3")});
    map.put("ints", new int[] {1, 2});
    map.put("raw", RawJson.of("{\"a\" : 1}"));
    map.put("text", new StringBuilder("x"));
    map.put("none", Arrays.asList(null, true, new String[0], Map.of()));
    assertEquals(
        "{\"list\":[1,2,3,4],\"numbers\":[1.5,2.5,7,10,1E+3],\"ints\":[1,2],\"raw\":{\"a\" :"
            + " 1},\"text\":\"x\",\"none\":[null,true,[],{}]}",
        Json.write(map).toString());
    assertEquals("-9223372036854775808", Json.write(Long.MIN_VALUE).toString());
    assertEquals("9223372036854775807", Json.write(Long.MAX_VALUE).toString());
    assertEquals("1000000000000000000", Json.write(1_000_000_000_000_000_000L).toString());
    assertEquals("-10", Json.write(-10).toString());
  }

  @Test
  void refusesWhatHasNoJson() {
    assertThrows(IllegalArgumentException.class, () -> Json.write(new Object()));
    assertThrows(IllegalArgumentException.class, () -> Json.write('c'));
    assertThrows(IllegalArgumentException.class, () -> Json.write(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Json.write(Float.POSITIVE_INFINITY));
    assertThrows(IllegalArgumentException.class, () -> Json.write(Map.of(1, 2)));
    List<Object> endless = new ArrayList<>();
    endless.add(endless);
    assertThrows(IllegalArgumentException.class, () -> Json.write(endless));
  }

  @Test
  void stringsAreEscapedWhereTheyMustBe() {
    assertEquals(
        "\"\\u0000\\u001f\\b\\t\\n\\f\\r\\\"\\\\/\u007fé\u2028日😀\"",
        Json.string("\0\u001f\b\t\n\f\r\"\\/\u007fé\u2028日😀").toString());
    assertEquals("\"a\ufffdb\ufffd\"", Json.string("a\ud83db\ude00").toString());
    for (int c = 0; c < 0x1_0000; c++) {
      if (!Character.isSurrogate((char) c)) {
        assertEquals("x" + (char) c, Json.text(Json.string("x" + (char) c)));
      }
    }
    for (int c = 0x1_0000; c < 0x11_0000; c += 97) {
      assertEquals(Character.toString(c), Json.text(Json.string(Character.toString(c))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "[\"a\"]", "{\"a\":\"b\"}", "a", "\"a"})
  void onlyAStringHasText(String json) {
    assertThrows(IllegalArgumentException.class, () -> Json.text(RawJson.of(json)));
  }

  @Test
  void textFromOutsideIsCheckedAndPutOnOneLine() {
    assertEquals("{  \"a\" : [ 1, 2 ] }", Json.of("{\r\n\"a\" :\n[ 1,\n2 ] }").toString());
    assertEquals("\"a\\nb\"", Json.of("\"a\\nb\"").toString());
    assertThrows(IllegalArgumentException.class, () -> Json.of("{\"a\":}"));
    assertThrows(IllegalArgumentException.class, () -> Json.of("\"a\nb\""));
  }
}
