package mutirao.server.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.ServerFrame;
import mutirao.server.story.wire.GatewayWire;
import mutirao.server.story.wire.SocketWire;
import mutirao.server.story.wire.Wire;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every story, in process and over TCP. With {@code -Drecord} the files are written anew with what
 * is really heard, to be reviewed.
 */
class StoriesTest {
  private static final Path FOLDER = Path.of("src/test/stories");
  private static final List<Story> STORIES = Story.readAll(FOLDER);
  private static final int FEWEST_STORIES = 60;

  /** Nothing in one server in memory says these; the last one is a fault of ours. */
  private static final Set<ErrorCode> RESERVED =
      EnumSet.of(ErrorCode.NOT_LEADER, ErrorCode.UNAVAILABLE, ErrorCode.INTERNAL);

  @TestFactory
  Stream<DynamicTest> inProcess() {
    return STORIES.stream()
        .map(
            story ->
                dynamicTest(
                    story.name() + ": " + story.title(),
                    () -> {
                      if (System.getProperty("record") == null) {
                        play(story, Witness.NOBODY);
                      } else {
                        record(story);
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> overTcp() {
    return STORIES.stream()
        .filter(story -> story.setting().overTcp())
        .map(
            story ->
                dynamicTest(
                    story.name() + ": " + story.title(),
                    () -> {
                      try (Wire wire = new SocketWire(story.setting().config())) {
                        StoryRunner.run(story, wire, Witness.NOBODY);
                      }
                    }));
  }

  @Test
  void togetherUseEveryFrameAndEveryErrorCode() {
    Coverage coverage = new Coverage();
    STORIES.forEach(story -> play(story, coverage));

    Set<Class<?>> missing = new LinkedHashSet<>();
    missing.addAll(List.of(ClientFrame.class.getPermittedSubclasses()));
    missing.addAll(List.of(ServerFrame.class.getPermittedSubclasses()));
    missing.removeAll(coverage.frames());
    // Stories are told of servers that keep nothing on disk.
    missing.remove(ServerFrame.BackupPart.class);
    Set<ErrorCode> silent = EnumSet.complementOf(EnumSet.copyOf(RESERVED));
    silent.removeAll(coverage.errors());

    assertEquals(Set.of(), missing, "frames no story uses");
    assertEquals(Set.of(), silent, "error codes no story shows");
    assertTrue(STORIES.size() >= FEWEST_STORIES, "there are only " + STORIES.size() + " stories");
  }

  private static void play(Story story, Witness witness) {
    try (Wire wire = inProcess(story)) {
      StoryRunner.run(story, wire, witness);
    }
  }

  private static Wire inProcess(Story story) {
    return new GatewayWire(story.setting().config(), story.setting().archive());
  }

  private static void record(Story story) throws IOException {
    try (Wire wire = inProcess(story)) {
      Files.write(FOLDER.resolve(story.name()), StoryRecorder.record(story, wire));
    }
  }
}
