package mutirao.protocol.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.Messages;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each field of what clients send: which values pass, which are {@code invalid} and how that is
 * told.
 */
final class FieldRulesTest {

  /**
   * One field.
   *
   * @param frame the members of a frame that is valid with or without the field
   */
  private record Rule(
      String frame, String field, boolean required, List<String> good, List<String> bad) {
    @Override
    public String toString() {
      return field + " of " + frame;
    }
  }

  private static final String REGISTER = "\"type\":\"register\"";
  private static final String SUBMIT = "\"type\":\"submit\",\"operation\":\"sum\"";
  private static final String DONE =
      "\"type\":\"done\",\"task\":\"3k7f\",\"attempt\":1,\"result\":1";
  private static final String FAILED =
      "\"type\":\"failed\",\"task\":\"3k7f\",\"attempt\":1,\"error\":{\"code\":\"c\",\"message\":\"m\"}";
  private static final String PROGRESS = "\"type\":\"progress\",\"task\":\"3k7f\",\"attempt\":1";
  private static final String BROADCAST = "\"type\":\"broadcast\",\"message\":\"oi\"";
  private static final String DIRECT = "\"type\":\"direct\",\"target\":\"ana\",\"message\":\"oi\"";
  private static final String HISTORY = "\"type\":\"history\"";
  private static final String TASKS = "\"type\":\"tasks\"";

  private static final List<String> NO_STRING = List.of("1", "true", "[]", "{}", "[\"a\"]");
  private static final List<String> NO_BOOLEAN = List.of("1", "0", "\"true\"", "\"\"", "[]", "{}");

  static Stream<Rule> rules() {
    return Stream.of(
        new Rule(
            "\"type\":\"ping\"",
            "ref",
            false,
            values(
                "0",
                "-1",
                "1".repeat(64),
                text(0),
                text(64),
                "\"" + "\\u00e9".repeat(64) + "\"",
                "\"" + "😀".repeat(64) + "\""),
            values(
                "1.0",
                "1e3",
                "true",
                "[]",
                "{}",
                "1".repeat(65),
                text(65),
                "\"" + "😀".repeat(65) + "\"")),
        new Rule(
            REGISTER,
            "name",
            false,
            values(
                "\"\"",
                "\"A.b_c-9\"",
                "\"João\"",
                "\"日本\"",
                "\"\\u0041\"",
                text(64),
                "\"" + "𐐀".repeat(64) + "\"",
                "\"" + "e\\u0301".repeat(64) + "\""),
            plus(badNames(), NO_STRING)),
        new Rule(
            REGISTER,
            "role",
            false,
            values("\"client\"", "\"worker\"", "\"task_client\"", "\"observer\""),
            plus(values("\"\"", "\"admin\"", "\"Client\"", "\"WORKER\""), NO_STRING)),
        new Rule(
            REGISTER,
            "operations",
            false,
            values("[]", "[\"sum\"]", "[\"a.b_c-d:e/f\",\"é\"]", array(Limits.MAX_OPERATIONS)),
            values(
                "\"sum\"",
                "{}",
                "1",
                "true",
                "[1]",
                "[null]",
                "[[]]",
                "[\"sum\",{}]",
                "[\"\"]",
                "[\"a b\"]",
                "[" + text(129) + "]",
                array(Limits.MAX_OPERATIONS + 1))),
        new Rule(
            REGISTER,
            "slots",
            false,
            values("1", "1024"),
            plus(values("0", "-1", "1025"), noIntegers())),
        new Rule(REGISTER, "confirm", false, values("true", "false"), NO_BOOLEAN),
        new Rule(REGISTER, "presence", false, values("true", "false"), NO_BOOLEAN),
        new Rule(REGISTER, "token", false, values("\"\"", text(1000)), NO_STRING),
        new Rule(REGISTER, "username", false, values("\"\"", text(1000)), NO_STRING),
        new Rule(REGISTER, "password", false, values("\"\"", text(1000)), NO_STRING),
        new Rule(REGISTER, "resume", false, values("\"\"", text(1000)), NO_STRING),
        new Rule(REGISTER, "lang", false, values("\"pt-BR\"", "\"\""), NO_STRING),
        new Rule(
            REGISTER,
            "seen",
            false,
            values("{}", "{\"lobby\":0,\"obras\":9223372036854775807,\"@\":3}"),
            values(
                "[]",
                "1",
                "\"lobby\"",
                "{\"lobby\":-1}",
                "{\"lobby\":1.0}",
                "{\"lobby\":9223372036854775808}",
                "{\"lobby\":\"1\"}",
                "{\"lobby\":null}",
                "{\"lobby\":[]}",
                "{\"a b\":1}",
                "{\"\":1}")),
        new Rule(
            BROADCAST,
            "room",
            false,
            values("\"obras\"", text(64)),
            plus(values("\"\""), badNames(), NO_STRING)),
        new Rule(BROADCAST, "message", true, messages(), badMessages()),
        new Rule(BROADCAST, "key", false, keys(), badKeys()),
        new Rule(
            DIRECT,
            "target",
            true,
            values("\"ana\"", "\"no such name\"", text(64)),
            plus(values("\"\"", text(65)), NO_STRING)),
        new Rule(DIRECT, "message", true, messages(), badMessages()),
        new Rule(DIRECT, "key", false, keys(), badKeys()),
        new Rule(
            "\"type\":\"join\",\"room\":\"obras\"",
            "room",
            true,
            values("\"obras\""),
            plus(values("\"\""), badNames(), NO_STRING)),
        new Rule(
            "\"type\":\"leave\",\"room\":\"obras\"",
            "room",
            true,
            values("\"obras\""),
            plus(values("\"\""), badNames(), NO_STRING)),
        new Rule(
            HISTORY,
            "room",
            false,
            values("\"obras\""),
            plus(values("\"\""), badNames(), NO_STRING)),
        new Rule(
            HISTORY,
            "limit",
            false,
            values("1", "1000"),
            plus(values("0", "-1", "1001"), noIntegers())),
        new Rule(
            HISTORY,
            "before_seq",
            false,
            values("0", "9007199254740993", "9223372036854775807"),
            plus(values("-1"), noIntegers())),
        new Rule(
            SUBMIT,
            "operation",
            true,
            values("\"a.b_c-d:e/f\"", "\"soma_é\"", text(128)),
            plus(values("\"\"", "\"a b\"", "\"a\\u0000\"", text(129)), NO_STRING)),
        new Rule(
            SUBMIT,
            "params",
            false,
            values("null", "true", "1e999", "\"\"", "[]", "{}", "[{\"a\":null}]"),
            values()),
        new Rule(
            SUBMIT,
            "worker",
            false,
            values("\"Worker-1\"", "\"no such name\""),
            plus(values("\"\"", text(65)), NO_STRING)),
        new Rule(SUBMIT, "fallback", false, values("true", "false"), NO_BOOLEAN),
        new Rule(SUBMIT, "key", false, keys(), badKeys()),
        new Rule(
            SUBMIT,
            "priority",
            false,
            values("0", "9", "-0"),
            plus(values("-1", "10"), noIntegers())),
        new Rule(
            SUBMIT,
            "delay_ms",
            false,
            values("0", "315360000000"),
            plus(values("-1", "315360000001"), noIntegers())),
        new Rule(
            SUBMIT,
            "run_at",
            false,
            values("0", "1700000000000", "253402300799999"),
            plus(values("-1", "253402300800000"), noIntegers())),
        new Rule(
            SUBMIT,
            "timeout_ms",
            false,
            values("1", "315360000000"),
            plus(values("0", "-1", "315360000001"), noIntegers())),
        new Rule(
            SUBMIT,
            "max_attempts",
            false,
            values("1", "1000"),
            plus(values("0", "-1", "1001"), noIntegers())),
        new Rule(
            SUBMIT,
            "backoff_ms",
            false,
            values("0", "315360000000"),
            plus(values("-1", "315360000001"), noIntegers())),
        new Rule(
            SUBMIT,
            "expires_ms",
            false,
            values("1", "315360000000"),
            plus(values("0", "-1", "315360000001"), noIntegers())),
        new Rule(
            SUBMIT,
            "keep_ms",
            false,
            values("0", "315360000000"),
            plus(values("-1", "315360000001"), noIntegers())),
        new Rule(SUBMIT, "quiet", false, values("true", "false"), NO_BOOLEAN),
        new Rule(DONE, "task", true, tasks(), badTasks()),
        new Rule(
            DONE,
            "attempt",
            true,
            values("1", "2147483647"),
            plus(values("0", "-1", "2147483648"), noIntegers())),
        new Rule(DONE, "result", false, values("null", "1", "\"\"", "[1]", "{\"a\":{}}"), values()),
        new Rule(FAILED, "task", true, tasks(), badTasks()),
        new Rule(FAILED, "attempt", true, values("1"), plus(values("0"), noIntegers())),
        new Rule(
            FAILED,
            "error",
            true,
            values(
                "{\"message\":\"\",\"code\":" + text(64) + ",\"more\":[1]}",
                "{\"code\":\"c\",\"message\":" + text(4096) + "}"),
            values("1", "\"bad\"", "[]", "true")),
        new Rule(FAILED, "retry", false, values("true", "false"), NO_BOOLEAN),
        new Rule(PROGRESS, "task", true, tasks(), badTasks()),
        new Rule(PROGRESS, "attempt", true, values("1"), plus(values("0"), noIntegers())),
        new Rule(
            PROGRESS,
            "percent",
            false,
            values("0", "100", "33.3", "1e2", "0.0"),
            values("-1", "-0.1", "100.1", "101", "1e3", "1e999", "\"40\"", "true", "[]", "{}")),
        new Rule(
            PROGRESS,
            "message",
            false,
            values("\"\"", text(4096)),
            plus(values(text(4097), "\"" + "é".repeat(2049) + "\""), NO_STRING)),
        new Rule("\"type\":\"cancel\",\"task\":\"t\"", "task", true, tasks(), badTasks()),
        new Rule("\"type\":\"query\",\"task\":\"t\"", "task", true, tasks(), badTasks()),
        new Rule(
            TASKS,
            "state",
            false,
            values(
                "\"scheduled\"",
                "\"queued\"",
                "\"running\"",
                "\"done\"",
                "\"failed\"",
                "\"cancelled\"",
                "\"expired\""),
            plus(values("\"\"", "\"finished\"", "\"Done\""), NO_STRING)),
        new Rule(
            TASKS, "limit", false, values("1", "1000"), plus(values("0", "1001"), noIntegers())),
        new Rule(TASKS, "before", false, tasks(), badTasks()),
        new Rule(
            "\"type\":\"ping\"", "type", true, values("\"ping\"", "\"p\\u0069ng\""), NO_STRING));
  }

  private static List<String> values(String... values) {
    return List.of(values);
  }

  @SafeVarargs
  private static List<String> plus(List<String>... lists) {
    return Stream.of(lists).flatMap(List::stream).toList();
  }

  private static String text(int chars) {
    return "\"" + "x".repeat(chars) + "\"";
  }

  private static String array(int operations) {
    return IntStream.range(0, operations).mapToObj(i -> "\"o" + i + "\"").toList().toString();
  }

  private static List<String> noIntegers() {
    return values(
        "1.0",
        "1e0",
        "1E2",
        "\"1\"",
        "true",
        "[]",
        "{}",
        "1".repeat(40),
        "-" + "1".repeat(40),
        "9223372036854775808");
  }

  private static List<String> badNames() {
    return values(
        "\" \"",
        "\"a b\"",
        "\"a\\u0000\"",
        "\"a\\n\"",
        "\"a@b\"",
        "\"a/b\"",
        "\"a:b\"",
        "\"€\"",
        "\"😀\"",
        "\"\\u200b\"",
        "\"\\u202e\"",
        text(65),
        "\"" + "𐐀".repeat(65) + "\"",
        text(5000));
  }

  private static List<String> messages() {
    return values(
        "\"x\"",
        "\" \"",
        "\"\\u0000\"",
        "\"\\ud83d\\ude00\"",
        text(65_536),
        "\"" + "é".repeat(32_768) + "\"",
        "\"" + "\\u00e9".repeat(32_768) + "\"",
        "\"" + "\\ud83d\\ude00".repeat(16_384) + "\"",
        "\"" + "\\n\\\\\\\"".repeat(21_845) + "\"");
  }

  private static List<String> badMessages() {
    return plus(
        values(
            "\"\"",
            text(65_537),
            "\"" + "é".repeat(32_769) + "\"",
            "\"" + "\\u00e9".repeat(32_769) + "\"",
            "\"" + "\\u4e00".repeat(21_846) + "\"",
            "\"" + "\\ud83d\\ude00".repeat(16_385) + "\""),
        NO_STRING);
  }

  private static List<String> keys() {
    return values("\"k\"", text(128), "\"" + "😀".repeat(128) + "\"");
  }

  private static List<String> badKeys() {
    return plus(values("\"\"", text(129)), NO_STRING);
  }

  private static List<String> tasks() {
    return values("\"3k7f\"", text(64), "\"no such task\"");
  }

  private static List<String> badTasks() {
    return plus(values("\"\"", text(65)), NO_STRING);
  }

  private static List<Object> heard(Rule rule, String member) {
    List<String> members = new ArrayList<>();
    for (String other : split(rule.frame())) {
      if (!other.startsWith("\"" + rule.field() + "\":")) {
        members.add(other);
      }
    }
    members.add(member);
    // The ref stands last, and is found all the same.
    if (!rule.field().equals("ref")) {
      members.add("\"ref\":77");
    }
    members.removeIf(String::isEmpty);
    return Heard.fromClient("{" + String.join(",", members) + "}\n").all;
  }

  /** The members of a frame, of which only the last may hold commas. */
  private static List<String> split(String frame) {
    int error = frame.indexOf("\"error\":");
    String flat = error < 0 ? frame : frame.substring(0, error - 1);
    List<String> members = new ArrayList<>(List.of(flat.split(",")));
    if (error >= 0) {
      members.add(frame.substring(error));
    }
    return members;
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
                false),
            new ClientFrame.History(null, "lobby", 50, null),
            new ClientFrame.Tasks(null, null, 50, null),
            new ClientFrame.Done(null, "t", 1, RawJson.of("null"))),
        Heard.fromClient(
                "{\"type\":\"register\",\"name\":\"\"}{"
                    + SUBMIT
                    + "}{"
                    + HISTORY
                    + "}{"
                    + TASKS
                    + "}"
                    + "{\"type\":\"done\",\"task\":\"t\",\"attempt\":1}")
            .all);
    assertEquals(Role.WORKER, Role.impliedBy("Worker-1"));
  }
}
