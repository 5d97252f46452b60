package mutirao.server;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import mutirao.core.Event;
import mutirao.core.Machine;
import mutirao.core.State;
import mutirao.protocol.ClientFrame;
import mutirao.raft.Replica;
import mutirao.raft.codec.EventHash;
import mutirao.server.gateway.history.History;
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
  private final EventHash hash = new EventHash();
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

  /** A history that also notes what happens, to be compared with the other servers'. */
  History watched(History history) {
    return new History() {
      @Override
      public void applied(List<Event> events, State state) {
        hash.add(events);
        history.applied(events, state);
      }

      @Override
      public void serving(State state) {
        history.serving(state);
      }

      @Override
      public void search(ClientFrame.Search asked, Asker asker, Consumer<Answer> then) {
        history.search(asked, asker, then);
      }
    };
  }

  @Override
  public EventHash hash() {
    return hash;
  }

  @Override
  public Machine machine() {
    return machine;
  }
}
