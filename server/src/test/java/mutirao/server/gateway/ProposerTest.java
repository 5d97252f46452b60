package mutirao.server.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import mutirao.core.Command;
import mutirao.core.Outcome;
import mutirao.core.Reply;
import mutirao.core.log.Log;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When batches are handed in and when they take effect. Sessions tell commands apart. */
class ProposerTest {
  private final List<String> happened = new ArrayList<>();
  private final HeldLog log = new HeldLog();
  private final Proposer proposer =
      new Proposer(log, () -> 1000, bytes -> Arrays.fill(bytes, (byte) 7), new Applier());

  /** A log that says what becomes of a batch when the test does, or at once. */
  private final class HeldLog implements Log {
    private @Nullable Batch held;
    private @Nullable BiConsumer<Listener, Batch> atOnce;

    @Override
    public void start(Listener listener) {}

    @Override
    public void append(Batch batch) {
      happened.add("append " + sessions(batch));
      if (atOnce == null) {
        held = batch;
      } else {
        atOnce.accept(proposer, batch);
      }
    }

    void commit() {
      proposer.committed(1, Objects.requireNonNull(held), true);
    }

    @Override
    public void close() {}
  }

  private final class Applier implements Proposer.Applier {
    @Override
    public Outcome apply(long index, Log.Batch batch, int place) {
      happened.add("apply " + session(batch.commands().get(place)));
      return new Outcome(Reply.DONE, List.of());
    }

    @Override
    public void publish(Outcome outcome, Proposer.@Nullable Item own) {}

    @Override
    public void lead() {}

    @Override
    public void caughtUp() {}

    @Override
    public void replaced() {}
  }

  private static long session(Command command) {
    return ((Command.DrainWorker) command).session();
  }

  private static List<Long> sessions(Log.Batch batch) {
    return batch.commands().stream().map(ProposerTest::session).toList();
  }

  private void propose(long session) {
    proposer.propose(new Command.DrainWorker(session));
    proposer.pump();
  }

  @Test
  void whatWaitsIsHandedInTogetherBeforeTheBatchInFlightTakesEffect() {
    propose(1);
    propose(2);
    propose(3);
    log.commit();
    proposer.pump();
    assertEquals(List.of("append [1]", "append [2, 3]", "apply 1"), happened);
    log.commit();
    assertEquals(List.of("apply 2", "apply 3"), happened.subList(3, 5));
    assertTrue(proposer.idle());
  }

  @Test
  void whatIsSafeAtOnceStillTakesEffectInOrder() {
    propose(1);
    propose(2);
    log.atOnce = (listener, batch) -> listener.committed(2, batch, true);
    log.commit();
    assertEquals(List.of("append [1]", "append [2]", "apply 1", "apply 2"), happened);
    propose(3);
    assertEquals(List.of("append [3]", "apply 3"), happened.subList(4, 6));
    assertTrue(proposer.idle());
  }

  @Test
  void whatFailsAtOnceIsTriedAgainAfterTheBatchBeforeHasTakenEffect() {
    propose(1);
    propose(2);
    log.atOnce = (listener, batch) -> listener.failed(batch, true);
    log.commit();
    assertEquals(List.of("append [1]", "append [2]", "apply 1"), happened);
    log.atOnce = null;
    proposer.pump();
    log.commit();
    assertEquals(List.of("append [2]", "apply 2"), happened.subList(3, 5));
    assertTrue(proposer.idle());
  }
}
