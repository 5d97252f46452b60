package mutirao.server.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mutirao.core.task.TaskState;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.server.story.Story;
import mutirao.server.story.StoryRunner;
import mutirao.server.story.Witness;
import mutirao.server.story.wire.GatewayWire;
import mutirao.server.story.wire.SocketWire;
import mutirao.server.story.wire.Wire;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The transcripts and tables of docs/protocol.md against the server and the words of the wire. */
class ProtocolDocTest {
  private static final Document PAGE = new Document("protocol.md");
  private static final int FEWEST_TRANSCRIPTS = 13;

  @TestFactory
  Stream<DynamicTest> transcriptsHappenInProcess() {
    return transcripts()
        .map(story -> dynamicTest(story.name(), () -> play(story, inProcess(story))));
  }

  @TestFactory
  Stream<DynamicTest> transcriptsHappenOverTcp() {
    return transcripts()
        .filter(story -> story.setting().overTcp())
        .map(
            story ->
                dynamicTest(
                    story.name(), () -> play(story, new SocketWire(story.setting().config()))));
  }

  @Test
  void thePageHasItsTranscripts() {
    assertTrue(transcripts().count() >= FEWEST_TRANSCRIPTS);
  }

  @Test
  void whoMaySendWhatIsWhatTheServerDoes() {
    List<List<String>> table = PAGE.tableAfter("<!-- checked: who may send what -->");
    List<String> roles = table.getFirst().subList(1, table.getFirst().size());
    assertEquals(
        Stream.concat(Stream.of("not registered"), Stream.of(Role.values()).map(Role::wireName))
            .collect(Collectors.toSet()),
        Set.copyOf(roles));

    Map<String, List<String>> written = new TreeMap<>();
    Map<String, List<String>> real = new TreeMap<>();
    for (List<String> row : table.subList(1, table.size())) {
      String frame = Document.plain(row.getFirst());
      written.put(frame, row.subList(1, row.size()));
      real.put(frame, roles.stream().map(role -> answer(role, frame)).toList());
    }
    assertEquals(ShortestFrames.types(), written.keySet());
    assertEquals(real, written);
  }

  /** What the server says to the shortest frame of a type; ✓ unless it says who may not send it. */
  private static String answer(String role, String type) {
    Story story =
        Story.parse(
            role + " sends " + type,
            role.equals("not registered")
                ? List.of("ana connects")
                : List.of("ana registers as " + role + " for x"));
    try (Wire wire = inProcess(story)) {
      StoryRunner.run(story, wire, Witness.NOBODY);
      wire.send("ana", (ShortestFrames.of(type) + "\n").getBytes(UTF_8));
      String said = wire.next("ana");
      return Stream.of(ErrorCode.NOT_REGISTERED, ErrorCode.FORBIDDEN, ErrorCode.ALREADY_REGISTERED)
          .map(ErrorCode::wireName)
          .filter(code -> said.contains("\"code\":\"" + code + "\""))
          .findFirst()
          .orElse("✓");
    }
  }

  @Test
  void theStatesOfATaskAreThoseOfTheCore() {
    List<List<String>> table = PAGE.tableAfter("<!-- checked: states of a task -->");
    Map<String, Set<String>> written = new LinkedHashMap<>();
    for (int column = 1; column < table.getFirst().size(); column++) {
      Set<String> next = new TreeSet<>();
      for (List<String> row : table.subList(1, table.size())) {
        Pattern.compile("→ (\\w+)")
            .matcher(row.get(column))
            .results()
            .forEach(to -> next.add(to.group(1)));
      }
      written.put(table.getFirst().get(column), next);
    }
    Map<String, Set<String>> real = new LinkedHashMap<>();
    for (TaskState state : TaskState.values()) {
      Set<String> next =
          Stream.of(TaskState.values())
              .filter(state::mayBecome)
              .map(ProtocolDocTest::wireName)
              .collect(Collectors.toCollection(TreeSet::new));
      real.put(wireName(state), next);
    }
    assertEquals(real, written);
  }

  @Test
  void theErrorsAreThoseOfTheWire() {
    List<List<String>> table = PAGE.tableAfter("<!-- checked: errors -->");
    List<String> written =
        table.stream()
            .skip(1)
            .map(row -> Document.plain(row.get(0)) + " " + row.get(1) + " " + row.get(2))
            .toList();
    List<String> real =
        EnumSet.allOf(ErrorCode.class).stream()
            .map(code -> code.wireName() + " " + yes(code.definite()) + " " + yes(code.closing()))
            .toList();
    assertEquals(real, written);
  }

  @Test
  void allFramesAreListed() {
    assertEquals(
        wireNames(ClientFrame.class.getPermittedSubclasses()),
        firstColumn("<!-- checked: client frames -->"));
    assertEquals(
        wireNames(ServerFrame.class.getPermittedSubclasses()),
        firstColumn("<!-- checked: server frames -->"));
  }

  @Test
  void theDefaultsOfSubmitAreThoseOfTheWire() {
    Map<String, String> written =
        PAGE.tableAfter("### `submit`").stream()
            .collect(Collectors.toMap(row -> Document.plain(row.get(0)), List::getLast));
    assertEquals(number(Limits.DEFAULT_PRIORITY), written.get("priority"));
    assertEquals(number(Limits.DEFAULT_TIMEOUT_MS), written.get("timeout_ms"));
    assertEquals(number(Limits.DEFAULT_MAX_ATTEMPTS), written.get("max_attempts"));
    assertEquals(number(Limits.DEFAULT_BACKOFF_MS), written.get("backoff_ms"));
    assertEquals(number(Limits.DEFAULT_KEEP_MS), written.get("keep_ms"));
  }

  private static Stream<Story> transcripts() {
    return PAGE.blocks("story").stream()
        .map(block -> Story.parse("transcript at protocol.md line " + block.line(), block.text()));
  }

  private static void play(Story story, Wire wire) {
    try (wire) {
      StoryRunner.run(story, wire, Witness.NOBODY);
    }
  }

  private static Wire inProcess(Story story) {
    return new GatewayWire(story.setting().config(), story.setting().archive());
  }

  private static Set<String> firstColumn(String mark) {
    return PAGE.tableAfter(mark).stream()
        .skip(1)
        .map(row -> Document.plain(row.getFirst()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** {@code TaskList} is {@code task_list}; {@code SystemEvent} alone is called otherwise. */
  private static Set<String> wireNames(Class<?>[] frames) {
    return Stream.of(frames)
        .map(frame -> frame == ServerFrame.SystemEvent.class ? "System" : frame.getSimpleName())
        .map(name -> name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String wireName(TaskState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static String yes(boolean is) {
    return is ? "yes" : "no";
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
