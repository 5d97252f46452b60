package mutirao.raft;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mutirao.raft.files.DataFolder;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.util.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a log that was started is there, and still is: Ratis tells neither. */
record Readiness(RaftServer server, RatisMachine machine, Courier courier, DataFolder folder) {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final long START_LOOK_MS = 100;
  private static final long ALIVE_LOOK_MS = 500;

  /** Where nobody else votes it is a matter of milliseconds. */
  private static final int LONGEST_VOTE_LOOKS = 50;

  /** Longer than an election, or a leader's way to a server that is back. */
  private static final long LONGEST_LEADERLESS_NS = TimeUnit.SECONDS.toNanos(3);

  /** Longer than a large snapshot may stop what is applied. */
  private static final long LONGEST_STILL_NS = TimeUnit.SECONDS.toNanos(5);

  /** Looks from now on whether the log has ended without being asked to. */
  @SuppressWarnings("FutureReturnValueIgnored") // It looks until the helper is shut down.
  void watch(ScheduledExecutorService helper) {
    helper.scheduleWithFixedDelay(
        () -> {
          if (courier.ended()) {
            machine.ended();
          }
        },
        START_LOOK_MS,
        ALIVE_LOOK_MS,
        TimeUnit.MILLISECONDS);
  }

  /** Waits until a server for itself has all that its folder holds. */
  void await() throws IOException, InterruptedException {
    for (int votes = 0; true; votes = courier.votes() ? votes + 1 : 0) {
      try {
        machine.ready().get(START_LOOK_MS, TimeUnit.MILLISECONDS);
        return;
      } catch (TimeoutException e) {
        check();
        if (votes > LONGEST_VOTE_LOOKS) {
          // Ratis gives up for good, and says nothing, where it cannot write its own vote down.
          folder.probe();
          throw new IOException("the log's first write failed; start the server again", e);
        }
      } catch (ExecutionException e) {
        throw known(e);
      }
    }
  }

  /**
   * Waits until a member of a group has all that was committed in it: whom one serves that still
   * reads its log waits for that.
   *
   * @return false where nobody leads, or the log does not get on, so that it may take any time
   */
  boolean awaitGroup() throws IOException, InterruptedException {
    long applied = -1;
    long sinceNs = System.nanoTime();
    while (true) {
      if (courier.upToDate(START_LOOK_MS)) {
        return true;
      }
      check();
      long nowNs = System.nanoTime();
      long now = machine.getLastAppliedTermIndex().getIndex();
      sinceNs = now == applied ? sinceNs : nowNs;
      applied = now;
      if (nowNs - sinceNs > (courier.led() ? LONGEST_STILL_NS : LONGEST_LEADERLESS_NS)) {
        return false;
      }
    }
  }

  /** Where {@link #awaitGroup} gave up: goes on asking, and tells when it is so. */
  void whenCaughtUp(Runnable then) {
    Thread.ofVirtual()
        .name("mutirao-log-catch-up")
        .start(
            () -> {
              try {
                while (!server.getLifeCycleState().isClosingOrClosed()) {
                  if (courier.upToDate(START_LOOK_MS)) {
                    then.run();
                    return;
                  }
                }
              } catch (InterruptedException | RejectedExecutionException e) {
                LOG.debug("closed already", e);
              }
            });
  }

  private void check() throws IOException, InterruptedException {
    LifeCycle.State state = server.getLifeCycleState();
    if (state.isClosingOrClosed() || state == LifeCycle.State.EXCEPTION) {
      throw new IOException("the log ended while it was started; the reason is in its log");
    }
    if (machine.ready().isCompletedExceptionally()) {
      try {
        machine.ready().get();
      } catch (ExecutionException e) {
        throw known(e);
      }
    }
  }

  private static IOException known(ExecutionException e) {
    return e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
  }
}
