package mutirao.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import mutirao.core.Machine;
import mutirao.raft.Replica;
import mutirao.server.tcp.Loop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the log at the machine: on the log's own thread while it is replayed and nobody else is
 * there, afterwards on the loop's, which owns the machine from then on.
 */
final class MachineOwner implements Replica {
  private static final Logger LOG = LoggerFactory.getLogger(MachineOwner.class);

  private final Machine machine;
  private final CompletableFuture<Loop> loop = new CompletableFuture<>();
  private boolean replaying = true;

  MachineOwner(Machine machine) {
    this.machine = machine;
  }

  /** The replay is over; what comes now waits for the loop. */
  synchronized void replayed() {
    replaying = false;
  }

  void moveTo(Loop owner) {
    loop.complete(owner);
  }

  @Override
  public void run(Runnable work) {
    if (!ranInReplay(work)) {
      loop.join().submit(work).syncUninterruptibly();
    }
  }

  /** Runs {@code work} on the owner's thread, some time; not where that thread is gone. */
  @SuppressWarnings("FutureReturnValueIgnored") // Whoever it is for may be gone.
  void later(Runnable work) {
    loop.thenAccept(
        owner -> {
          try {
            owner.submit(work);
          } catch (RejectedExecutionException e) {
            LOG.debug("the server is gone already", e);
          }
        });
  }

  private synchronized boolean ranInReplay(Runnable work) {
    if (replaying) {
      work.run();
    }
    return replaying;
  }

  @Override
  public Machine machine() {
    return machine;
  }
}
