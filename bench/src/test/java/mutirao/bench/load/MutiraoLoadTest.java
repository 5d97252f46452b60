package mutirao.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peers.own.MutiraoPeer;
import org.junit.jupiter.api.Test;

/** How the generator takes right and wrong frames of our own protocol. */
class MutiraoLoadTest {
  private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /** Much longer than anything takes that happens at all. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Enough at once for the 20th to come however slow all of them are. */
  private static final TaskShape SHAPE = new TaskShape(4, 8, 2, 8);

  private final MutiraoPeer peer =
      new MutiraoPeer(
          new PeerOptions(Path.of("java"), List.of(), Path.of("none"), null, OptionalLong.empty()));

  private Verdict tasks(UnaryOperator<String> hook) throws Exception {
    return tasks(hook, 0);
  }

  /** The verdict once no more is lost than must be; for what is merely slow there is time. */
  private Verdict tasks(UnaryOperator<String> hook, long lost) throws Exception {
    try (FakeMutirao fake = new FakeMutirao(hook);
        TaskLoad load = new TaskLoad(peer, fake.server(), SHAPE, "t", Schedule.closed())) {
      load.open();
      load.drive(ENOUGH_NANOS, () -> {});
      Verdict verdict = load.drain(ENOUGH_NANOS);
      for (int more = 0; more < 100 && verdict.lost() > lost; more++) {
        verdict = load.drain(ENOUGH_NANOS);
      }
      return verdict;
    }
  }

  private Verdict messages(UnaryOperator<String> hook, long nanos) throws Exception {
    try (FakeMutirao fake = new FakeMutirao(hook);
        FanOutLoad load = new FanOutLoad(peer, fake.server(), 5, "t")) {
      load.open();
      load.drive(nanos, () -> {});
      return load.drain(PATIENCE_NANOS);
    }
  }

  /** Changes the 20th frame of a type. */
  private static UnaryOperator<String> twentieth(String type, UnaryOperator<String> change) {
    int[] seen = {0};
    return frame ->
        frame.contains("\"type\":\"" + type + "\"") && ++seen[0] == 20
            ? change.apply(frame)
            : frame;
  }

  @Test
  void rightFramesAreFoundRight() throws Exception {
    Verdict verdict = tasks(UnaryOperator.identity());
    assertTrue(verdict.ok(), verdict.firstFailure());
    assertTrue(verdict.completed() > 20);
    assertTrue(messages(UnaryOperator.identity(), ENOUGH_NANOS).ok());
  }

  @Test
  void theOrderOfFieldsDoesNotMatter() throws Exception {
    UnaryOperator<String> typeLast =
        frame -> frame.replaceFirst("\\{\"type\":(\"[a-z]+\"),(.*)}", "{$2,\"type\":$1}");
    assertTrue(tasks(typeLast).ok());
    assertTrue(messages(typeLast, ENOUGH_NANOS).ok());
  }

  @Test
  void aPingIsAnsweredAndChangesNothing() throws Exception {
    UnaryOperator<String> withPing = frame -> "{\"type\":\"ping\",\"timestamp\":1}\n" + frame;
    assertTrue(tasks(twentieth("accepted", withPing)).ok());
    assertTrue(messages(twentieth("broadcast", withPing), ENOUGH_NANOS).ok());
  }

  @Test
  void aMissingAcceptanceIsALoss() throws Exception {
    Verdict verdict = tasks(twentieth("accepted", frame -> ""), 1);
    assertEquals(1, verdict.lost());
  }

  @Test
  void aResultOfAnotherTaskIsBad() throws Exception {
    Verdict verdict =
        tasks(twentieth("result", frame -> frame.replaceFirst("\"task\":\"t", "\"task\":\"x")), 1);
    assertEquals(1, verdict.bad());
    assertTrue(verdict.firstFailure().contains("different tasks"), verdict.firstFailure());
  }

  @Test
  void aRepeatedResultIsADuplicate() throws Exception {
    Verdict verdict = tasks(twentieth("result", frame -> frame + "\n" + frame));
    assertEquals(1, verdict.duplicates());
  }

  @Test
  void anErrorEndsTheRunAndIsTold() {
    String error = "{\"type\":\"error\",\"code\":\"overloaded\",\"message\":\"later\"}";
    IOException thrown =
        assertThrows(IOException.class, () -> tasks(twentieth("accepted", frame -> error)));
    assertTrue(String.valueOf(thrown.getMessage()).contains("overloaded"), thrown::toString);
  }

  @Test
  void aTaskThatFailedEndsTheRun() {
    assertThrows(
        IOException.class,
        () -> tasks(twentieth("result", frame -> frame.replace("\"done\"", "\"failed\""))));
  }

  @Test
  void aMessageLostAtOneMemberEndsTheRun() {
    assertThrows(
        IOException.class, () -> messages(twentieth("broadcast", frame -> ""), PATIENCE_NANOS));
  }

  @Test
  void whoIsTurnedAwayEndsTheRun() {
    String error = "{\"type\":\"error\",\"code\":\"name_taken\"}";
    assertThrows(
        IOException.class, () -> tasks(frame -> frame.contains("\"registered\"") ? error : frame));
  }

  @Test
  void aServerThatGoesAwayEndsTheRun() throws Exception {
    try (FakeMutirao fake = new FakeMutirao(UnaryOperator.identity());
        TaskLoad load = new TaskLoad(peer, fake.server(), SHAPE, "t", Schedule.closed())) {
      load.open();
      fake.close();
      assertThrows(IOException.class, () -> load.drive(PATIENCE_NANOS, () -> {}));
      assertFalse(load.latencies().count() > 0);
    }
  }
}
