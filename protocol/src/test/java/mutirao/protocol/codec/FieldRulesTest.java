package mutirao.protocol.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.Messages;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.FieldRules.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each field of what clients send: which values pass, which are {@code invalid} and how that is
 * told.
 */
final class FieldRulesTest {

  private static final String SUBMIT = "\"type\":\"submit\",\"operation\":\"sum\"";
  private static final String FAILED =
      "\"type\":\"failed\",\"task\":\"3k7f\",\"attempt\":1,\"error\":{\"code\":\"c\",\"message\":\"m\"}";

  static List<Rule> rules() {
    return FieldRules.read();
  }

  private static String text(int chars) {
    return "\"" + "x".repeat(chars) + "\"";
  }

  private static List<Object> heard(Rule rule, String member) {
    return Heard.fromClient(rule.frame(member) + "\n").all;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whatFollowsTheRulePasses(Rule rule) {
    for (String value : rule.good()) {
      List<Object> heard = heard(rule, "\"" + rule.field() + "\":" + value);
      assertEquals(1, heard.size());
      assertEquals(true, heard.getFirst() instanceof ClientFrame, () -> value + " " + heard);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whatDoesNotIsInvalidWithFieldAndRef(Rule rule) {
    for (String value : rule.bad()) {
      assertInvalid(rule, heard(rule, "\"" + rule.field() + "\":" + value), value);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void nullIsTheSameAsLeftOut(Rule rule) {
    List<Object> leftOut = heard(rule, "");
    if (rule.required()) {
      assertInvalid(rule, leftOut, "nothing");
    } else {
      assertEquals(true, leftOut.getFirst() instanceof ClientFrame);
    }
    if (!rule.field().equals("params")) {
      assertEquals(leftOut, heard(rule, "\"" + rule.field() + "\":null"));
    }
  }

  private static void assertInvalid(Rule rule, List<Object> heard, String value) {
    Problem problem = (Problem) heard.getFirst();
    assertEquals(ErrorCode.INVALID, problem.code(), value);
    assertEquals(rule.field(), problem.field(), value);
    assertEquals(rule.field().equals("ref") ? null : RawJson.of("77"), problem.ref(), value);
    String said = Messages.error(Locale.ENGLISH, problem).message();
    assertEquals(-1, said.indexOf('{'), said);
  }

  @Test
  void partsOfAWorkersErrorAreNamedByTheirPath() {
    assertField("error.code", FAILED.replace("\"c\"", "1"));
    assertField("error.code", FAILED.replace("\"c\"", "\"\""));
    assertField("error.code", FAILED.replace("\"c\"", text(65)));
    assertField("error.code", FAILED.replace("\"code\"", "\"cod\""));
    assertField("error.message", FAILED.replace("\"m\"", "null"));
    assertField("error.message", FAILED.replace("\"m\"", text(4097)));
  }

  private static void assertField(String field, String frame) {
    Problem problem = Heard.fromClient("{" + frame + "}").problems().getFirst();
    assertEquals(ErrorCode.INVALID, problem.code());
    assertEquals(field, problem.field());
    assertEquals(
        "'" + field + "'", Messages.error(Locale.ENGLISH, problem).message().split(" ")[0]);
  }

  @Test
  void aWorkerAnnouncesAtMostSoManyOperations() {
    assertEquals(
        Limits.MAX_OPERATIONS,
        ((ClientFrame.Register) Heard.fromClient(register(Limits.MAX_OPERATIONS)).all.getFirst())
            .operations()
            .size());
    Problem problem = Heard.fromClient(register(Limits.MAX_OPERATIONS + 1)).problems().getFirst();
    assertEquals("operations", problem.field());
    assertEquals("invalid.count", problem.key());
  }

  private static String register(int operations) {
    return "{\"type\":\"register\",\"operations\":"
        + IntStream.range(0, operations).mapToObj(i -> "\"o" + i + "\"").toList()
        + "}";
  }

  @Test
  void eitherDelayOrInstant() {
    assertField("run_at", SUBMIT + ",\"delay_ms\":1,\"run_at\":1", "invalid.delay_and_run_at");
    assertEquals(
        1, Heard.fromClient("{" + SUBMIT + ",\"delay_ms\":1,\"run_at\":null}").frames().size());
  }

  private static void assertField(String field, String frame, String key) {
    Problem problem = Heard.fromClient("{" + frame + "}").problems().getFirst();
    assertEquals(field, problem.field());
    assertEquals(key, problem.key());
  }

  @Test
  void anUnknownTypeIsToldWithItsRef() {
    Problem problem = Heard.fromClient("{\"type\":\"sing\",\"ref\":\"x\"}").problems().getFirst();
    assertEquals(ErrorCode.UNKNOWN_TYPE, problem.code());
    assertEquals(RawJson.of("\"x\""), problem.ref());
    assertEquals(
        "there is no frame type 'sing'", Messages.error(Locale.ENGLISH, problem).message());
    String giant =
        Heard.fromClient("{\"type\":" + text(500_000) + "}")
            .problems()
            .getFirst()
            .arguments()
            .toString();
    assertEquals(67, giant.length());
  }

  @Test
  void anInvalidRefIsNotEchoed() {
    Problem problem = Heard.fromClient("{\"type\":\"sing\",\"ref\":true}").problems().getFirst();
    assertEquals("ref", problem.field());
    assertNull(problem.ref());
  }

  @Test
  void unknownFieldsAreIgnoredWhateverTheyHold() {
    String unknown =
        "{\"x\":[{\"type\":1}],\"type\":\"ping\",\"sender\":{\"a\":[null]},\"\":\"\\ud83d\\ude00\",\"Type\":1.5e3,\"protocol\":{}}";
    assertEquals(List.of(new ClientFrame.Ping(null)), Heard.fromClient(unknown).all);
  }

  @Test
  void keysMayBeEscaped() {
    assertEquals(
        List.of(new ClientFrame.Join(RawJson.of("1"), "obras")),
        Heard.fromClient("{\"\\u0074ype\":\"join\",\"r\\u0065f\":1,\"\\u0072oom\":\"\\u006fbras\"}")
            .all);
  }

  @Test
  void namesAreComposed() {
    ClientFrame.Register register =
        (ClientFrame.Register)
            Heard.fromClient(
                    "{\"type\":\"register\",\"name\":\"Joa\\u0303o\",\"operations\":[\"soma\\u0301\",\"somá\"],\"seen\":{\"a\\u0301\":1}}")
                .all
                .getFirst();
    assertEquals("João", register.name());
    assertEquals(List.of("somá"), register.operations());
    assertEquals(Map.of("á", 1L), register.seen());
    assertEquals(
        List.of(new ClientFrame.Direct(null, "João", RawJson.of("\"oi\""), null)),
        Heard.fromClient("{\"type\":\"direct\",\"target\":\"João\",\"message\":\"oi\"}").all);
  }

  @Test
  void rawValuesKeepTheirBytesButNoLineBreak() {
    String params = "{ \"a\" :\t[ 1.50e+01 ,\r\"\\u00e9é\" ] }";
    for (String end : List.of("\n", "")) {
      ClientFrame.Submit submit =
          (ClientFrame.Submit)
              Heard.fromClient("{" + SUBMIT + ",\"params\":" + params + "\r}" + end).all.getFirst();
      assertEquals(RawJson.of(params.replace('\r', ' ')), submit.params());
    }
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    assertEquals(
        List.of(
            new ClientFrame.Register(
                null,
                null,
                null,
                null,
                1,
                false,
                true,
                ClientFrame.Credentials.NONE,
                null,
                Map.of(),
                null),
            new ClientFrame.Submit(
                null,
                "sum",
                RawJson.EMPTY_OBJECT,
                null,
                false,
                null,
                4,
                null,
                null,
                60_000,
                3,
                1000,
                null,
                3_600_000,
                false,
                null),
            new ClientFrame.History(null, "lobby", 50, null),
            new ClientFrame.Tasks(null, null, 50, null),
            new ClientFrame.Done(null, "t", 1, RawJson.of("null"))),
        Heard.fromClient(
                "{\"type\":\"register\",\"name\":\"\"}{"
                    + SUBMIT
                    + "}{\"type\":\"history\"}{\"type\":\"tasks\"}"
                    + "{\"type\":\"done\",\"task\":\"t\",\"attempt\":1}")
            .all);
  }
}
