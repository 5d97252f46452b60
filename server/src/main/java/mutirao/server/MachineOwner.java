package mutirao.server;

import java.util.concurrent.CompletableFuture;
import mutirao.core.Machine;
import mutirao.raft.Replica;
import mutirao.server.tcp.Loop;

/**
 * Lets the log at the machine: on the log's own thread while it is replayed and nobody else is
 * there, afterwards on the loop's, which owns the machine from then on.
 */
final class MachineOwner implements Replica {
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
