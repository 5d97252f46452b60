package mutirao.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import mutirao.core.Bug;
import mutirao.core.Event;
import mutirao.core.Planted;
import mutirao.core.log.Log;
import mutirao.sim.world.Trace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulation can fail: every bug planted here is caught within the seeds of the build. */
class PlantedBugsTest {
  private static final Simulation.Setup PRODUCT = Simulation.Setup.PRODUCT;
  private static final Pattern SAYS_IT_IS =
      Pattern.compile("\"sender\":\"[^\"]*\"(.*?\"message\":\"[^\"]* as ([^\"]*)\")");

  @ParameterizedTest
  @EnumSource(Bug.class)
  void bugsInTheMachineAreCaught(Bug bug) {
    caught(bug.name(), PRODUCT.withMachines(bug::plant), "");
  }

  @Test
  void aResultDeliveredTwiceIsCaught() {
    caught(
        "a result twice",
        tampered(
            event ->
                event instanceof Event.TaskFinished finished && finished.deliverTo() != 0
                    ? List.of(
                        event,
                        new Event.ResultsHandedOver(
                            finished.deliverTo(), List.of(finished.task()), 0))
                    : List.of(event)),
        "a result comes once a session");
  }

  @Test
  void aMessageThatIsAcknowledgedButLostIsCaught() {
    caught(
        "a message lost",
        tampered(
            event ->
                event instanceof Event.MessagePosted posted && posted.timeMs() % 7 == 0
                    ? List.of()
                    : List.of(event)),
        "none is left out");
  }

  @Test
  void aDirectThatIsAcknowledgedButLostIsCaught() {
    caught(
        "a direct lost",
        tampered(
            event ->
                event instanceof Event.DirectSent sent && sent.timeMs() % 7 == 0
                    ? List.of()
                    : List.of(event)),
        "what was acknowledged arrives");
  }

  @Test
  void aTaskForgottenTooEarlyIsCaught() {
    caught(
        "a task forgotten",
        tampered(
            event ->
                event instanceof Event.TaskFinished finished && finished.task() % 5 == 0
                    ? List.of(event, new Event.TaskForgotten(finished.task()))
                    : List.of(event)),
        "");
  }

  @Test
  void anAnswerBeforeTheCommitIsCaught() {
    caught(
        "an answer too early",
        PRODUCT.withLogs(HastyLog::new),
        "nothing is told before it is in the log");
  }

  /** SEC-03, in whole worlds. */
  @Test
  void aSenderTakenFromTheFrameIsCaught() {
    caught(
        "the sender's own word",
        PRODUCT.withMouth(
            bytes ->
                SAYS_IT_IS
                    .matcher(new String(bytes, UTF_8))
                    .replaceAll("\"sender\":\"$2\"$1")
                    .getBytes(UTF_8)),
        "the sender is who sent it");
  }

  @Test
  void anAnswerLeftOutIsCaught() {
    Pattern joined = Pattern.compile("\\{\"type\":\"joined\"[^\n]*\n");
    caught(
        "an answer left out",
        PRODUCT.withMouth(
            bytes -> {
              byte[] rest = joined.matcher(new String(bytes, UTF_8)).replaceAll("").getBytes(UTF_8);
              return rest.length == 0 ? bytes : rest;
            }),
        "none is left out");
  }

  private static Simulation.Setup tampered(Function<Event, List<Event>> instead) {
    return PRODUCT.withMachines(settings -> Planted.machine(settings, instead));
  }

  private static void caught(String bug, Simulation.Setup setup, String promise) {
    boolean noticed =
        LongStream.rangeClosed(1, SimulationTest.SEEDS)
            .mapToObj(seed -> failure(seed, setup))
            .anyMatch(failure -> failure.isPresent() && failure.get().contains(promise));
    assertTrue(noticed, "nobody noticed: " + bug);
  }

  private static Optional<String> failure(long seed, Simulation.Setup setup) {
    try {
      Simulation.run(seed, setup, Trace.hashOnly());
      return Optional.empty();
    } catch (RuntimeException | AssertionError e) {
      return Optional.of("seed " + seed + ": " + e.getMessage());
    }
  }

  /** Says that a batch is safe as soon as it has it, and hands it on when there is time. */
  private static final class HastyLog implements Log, Log.Listener {
    private final Log inner;
    private final ArrayDeque<Batch> waiting = new ArrayDeque<>();
    private Listener told = this;
    private boolean busy;
    private long lastIndex;

    HastyLog(Log inner) {
      this.inner = inner;
    }

    @Override
    public void start(Listener listener) {
      told = listener;
      inner.start(this);
    }

    @Override
    public void append(Batch batch) {
      long first = lastIndex + 1;
      lastIndex += batch.commands().size();
      waiting.add(batch);
      handOn();
      told.committed(first, batch, true);
    }

    private void handOn() {
      Batch next = busy ? null : waiting.poll();
      if (next != null) {
        busy = true;
        inner.append(next);
      }
    }

    @Override
    public void committed(long firstIndex, Batch batch, boolean own) {
      busy = false;
      handOn();
    }

    @Override
    public void failed(Batch batch, boolean definite) {
      busy = false;
      handOn();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
