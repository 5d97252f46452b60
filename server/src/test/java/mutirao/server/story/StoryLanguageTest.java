package mutirao.server.story;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import mutirao.server.story.wire.GatewayWire;
import mutirao.server.story.wire.SocketWire;
import mutirao.server.story.wire.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That a story which does not hold fails, and says where and why. */
class StoryLanguageTest {

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "ana < {\"type\":\"ping\"} => .type is pong instead of ping",
        "ana < {\"type\":\"pong\",\"ref\":2,...} => .ref is 1 instead of 2",
        "ana < {\"type\":\"pong\",\"ref\":1} => .timestamp is not expected",
        "ana < {\"type\":\"pong\",\"room\":*,...} => .room is missing",
        "ana < {\"type\":\"pong\",\"ref\":[1],...} => .ref is 1 instead of an array",
        "ana < {\"type\":\"pong\",\"ref\":{},...} => .ref is 1 instead of an object",
        "ana < {\"type\":\"p*x\",...} => .type is pong instead of p*x",
        "ana < {\"type\":\"pong\",\"ref\":$nobody} => nothing was kept as $nobody",
        "ana < nothing more => ana expected nothing more",
        "ana < closed => ana expected closed",
      })
  void somethingElseIsHeard(String line, String complaint) {
    List<String> story = List.of("ana registers", "ana > {\"type\":\"ping\",\"ref\":1}", line);
    assertFails(story, "a story:3: ", complaint);
  }

  @Test
  void somethingIsHeardThatTheStoryDoesNotMention() {
    List<String> story = List.of("ana registers", "ana > {\"type\":\"ping\",\"ref\":1}");
    assertFails(story, "a story: the story ends", "{\"type\":\"pong\",\"ref\":1,");
  }

  @Test
  void nothingIsHeardWhereTheStoryExpectsAFrame() {
    List<String> story = List.of("ana registers", "ana < {\"type\":\"pong\",...}");
    AssertionError error = assertThrows(AssertionError.class, () -> playInProcess(story));
    assertTrue(error.getMessage().contains("heard    nothing more"), error.getMessage());
  }

  @Test
  void theConnectionIsClosedWhereTheStoryExpectsAFrame() {
    List<String> story =
        List.of(
            "ana connects", "ana > {\"type\":\"quit\"}", "ana < {\"type\":\"bye\"}", "ana < {...}");
    assertFails(story, "a story:4: ", "heard    closed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ana",
        "ana sings",
        "time passes soon",
        "with patience 5",
        "with max_tasks",
        "ana >> \\q",
        "ana >> \\{x",
        "ana registers as",
      })
  void whatIsNoLineOfAStoryIsRefusedWithItsPlace(String line) {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> Story.parse("a story", List.of("# A title", line)));
    assertTrue(error.getMessage().startsWith("a story:2: "), error.getMessage());
  }

  @Test
  void bytesAreWrittenAsEscapes() {
    assertArrayEquals(
        new byte[] {
          'a', '\n', '\r', '\t', '\\', 0, (byte) 0xff, 'x', 'y', 'x', 'y', (byte) 0xc3, (byte) 0xa9
        },
        RawBytes.parse("a\\n\\r\\t\\\\\\x00\\xff\\{xy*2}é"));
  }

  @Test
  void aRecordedStoryHoldsAndKeepsWhatHeldBefore() {
    List<String> written =
        List.of(
            "# A title",
            "ana connects",
            "ana > {\"type\":\"register\",\"name\":\"ana\"}",
            "ana < {\"type\":\"registered\",",
            "       \"name\":*name,...}",
            "ana < nothing more",
            "",
            "# What follows is wrong.",
            "ana > {\"type\":\"submit\",\"operation\":\"x\"}",
            "ana < {\"type\":\"accepted\",\"task\":*task,...}",
            "ana > {\"type\":\"cancel\",\"task\":$task}",
            "ana < {\"type\":\"cancelled\",\"task\":\"another\"}",
            "ana < {\"type\":\"ping\"}",
            "ana < {\"type\":\"ping\"}");
    List<String> recorded = record(written);

    assertEquals(
        List.of(
            "# A title",
            "ana connects",
            "ana > {\"type\":\"register\",\"name\":\"ana\"}",
            "ana < {\"type\":\"registered\",",
            "       \"name\":*name,...}",
            "ana < {\"type\":\"client_list\",\"clients\":[\"ana\"],"
                + "\"details\":[{\"name\":\"ana\",\"role\":\"client\"}],\"timestamp\":*}",
            "ana < nothing more",
            "",
            "# What follows is wrong.",
            "ana > {\"type\":\"submit\",\"operation\":\"x\"}",
            "ana < {\"type\":\"accepted\",\"task\":*task,...}",
            "ana > {\"type\":\"cancel\",\"task\":$task}",
            "ana < {\"type\":\"cancelled\",\"task\":$task}",
            "ana < {\"type\":\"result\",\"task\":$task,\"state\":\"cancelled\",\"error\":"
                + "{\"code\":\"cancelled\",\"message\":\"cancelled by its submitter\"},"
                + "\"attempt\":0,\"queued_ms\":0,\"run_ms\":0}"),
        recorded);
    playInProcess(recorded);
  }

  private static List<String> record(List<String> lines) {
    Story story = Story.parse("a story", lines);
    try (Wire wire = new GatewayWire(story.setting().config(), false)) {
      return StoryRecorder.record(story, wire);
    }
  }

  private static void assertFails(List<String> lines, String start, String complaint) {
    AssertionError inProcess = assertThrows(AssertionError.class, () -> playInProcess(lines));
    AssertionError overTcp = assertThrows(AssertionError.class, () -> playOverTcp(lines));
    for (AssertionError error : List.of(inProcess, overTcp)) {
      assertTrue(error.getMessage().startsWith(start), error.getMessage());
      assertTrue(error.getMessage().contains(complaint), error.getMessage());
    }
  }

  private static void playInProcess(List<String> lines) {
    Story story = Story.parse("a story", lines);
    try (Wire wire = new GatewayWire(story.setting().config(), false)) {
      StoryRunner.run(story, wire, Witness.NOBODY);
    }
  }

  private static void playOverTcp(List<String> lines) throws InterruptedException {
    Story story = Story.parse("a story", lines);
    try (Wire wire = new SocketWire(story.setting().config())) {
      StoryRunner.run(story, wire, Witness.NOBODY);
    }
  }
}
