package mutirao.raft;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mutirao.raft.files.DataFolder;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.util.LifeCycle;

/** Whether a log that was started is there, and still is: Ratis tells neither. */
record Readiness(RaftServer server, RatisMachine machine, Courier courier, DataFolder folder) {
  private static final long START_LOOK_MS = 100;
  private static final long ALIVE_LOOK_MS = 500;

  /** Where nobody else votes it is a matter of milliseconds. */
  private static final int LONGEST_VOTE_LOOKS = 50;

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
        LifeCycle.State state = server.getLifeCycleState();
        if (state.isClosingOrClosed() || state == LifeCycle.State.EXCEPTION) {
          throw new IOException("the log ended while it was started; the reason is in its log", e);
        }
        if (votes > LONGEST_VOTE_LOOKS) {
          // Ratis gives up for good, and says nothing, where it cannot write its own vote down.
          folder.probe();
          throw new IOException("the log's first write failed; start the server again", e);
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException known ? known : new IOException(e.getCause());
      }
    }
  }
}
