package mutirao.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mutirao.bench.load.Load;
import mutirao.bench.load.Schedule;
import mutirao.bench.load.TaskLoad;
import mutirao.bench.load.TaskShape;
import mutirao.bench.load.Verdict;
import mutirao.bench.peer.Peer;
import mutirao.bench.peer.Peer.Ability;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peer.RunningServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A few tasks through every peer that this machine has; the relay it always has. What is asserted
 * are counts, never times.
 */
class InstalledPeersTest {
  private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final String RELAY = "relay";
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Set<String> SLOW_TO_START = Set.of("rabbitmq-quorum");

  private static List<Peer> all() {
    return Peers.all(new PeerOptions(JAVA, List.of(), Path.of("none"), null, OptionalLong.empty()));
  }

  private static Stream<Peer> installed() {
    return all().stream().filter(peer -> peer.version().isPresent());
  }

  private static Stream<Peer> quickToStart() {
    return installed().filter(peer -> !SLOW_TO_START.contains(peer.name()));
  }

  private static Stream<Peer> withThoseThatAreSlowToStart() {
    return installed()
        .filter(peer -> peer.name().equals(RELAY) || SLOW_TO_START.contains(peer.name()));
  }

  private static boolean runsTasks(Peer peer) {
    return peer.abilities().contains(Ability.TASKS)
        || peer.abilities().contains(Ability.DURABLE_TASKS);
  }

  @ParameterizedTest
  @MethodSource("quickToStart")
  void tasksComeBackRight(Peer peer, @TempDir Path directory) throws Exception {
    runTasks(peer, directory);
  }

  /** Those that are started from the jar of this build, where there is one. */
  private static Stream<Peer> own() {
    Path jar = PeerOptions.findServerJar();
    return Stream.concat(
        Stream.of(all().getFirst()),
        Peers.all(new PeerOptions(JAVA, List.of(), jar, null, OptionalLong.empty())).stream()
            .filter(peer -> peer.name().startsWith("mutirao-") && Files.exists(jar)));
  }

  @ParameterizedTest
  @MethodSource("own")
  @Tag("long")
  void tasksComeBackRightFromOurOwnJar(Peer peer, @TempDir Path directory) throws Exception {
    runTasks(peer, directory);
  }

  @ParameterizedTest
  @MethodSource("withThoseThatAreSlowToStart")
  @Tag("long")
  void tasksComeBackRightFromSlowStarters(Peer peer, @TempDir Path directory) throws Exception {
    runTasks(peer, directory);
  }

  private static void runTasks(Peer peer, Path directory) throws Exception {
    assertTrue(runsTasks(peer), peer.name());
    try (RunningServer server = peer.start(directory)) {
      // Twice on one server, as the rounds of a measurement.
      for (String session : List.of("1", "2")) {
        try (Load load = new TaskLoad(peer, server, TaskShape.MANY, session, Schedule.closed())) {
          load.open();
          load.drive(ENOUGH_NANOS, () -> {});
          Verdict verdict = load.drain(100 * ENOUGH_NANOS);
          assertTrue(verdict.ok(), verdict.firstFailure());
          assertTrue(verdict.completed() > 0);
          assertEquals(verdict.sent(), verdict.completed());
        }
      }
    }
  }

  @Test
  void whoMayBeAbsentSaysHowToInstallIt() {
    for (Peer peer : all()) {
      assertEquals(peer.name().equals(RELAY), peer.remedy().isEmpty(), peer.name());
    }
  }

  @Test
  void helpNamesEveryPeer() {
    List<String> told = new ArrayList<>();
    new Peers.Names().forEach(told::add);
    assertEquals(all().stream().map(Peer::name).toList(), told);
  }
}
