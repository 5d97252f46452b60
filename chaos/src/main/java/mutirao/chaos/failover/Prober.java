package mutirao.chaos.failover;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.client.TaskRequest;
import mutirao.protocol.Role;

/**
 * A client that hands in one task after the other and notes when each was acknowledged. The tasks
 * run out at once: nobody works on them. Thread-safe.
 */
final class Prober implements AutoCloseable {
  /** When a task was handed in and when that was acknowledged, as {@link System#nanoTime}. */
  record Acknowledgement(long askedNs, long toldNs) {}

  private static final Duration SOON = Duration.ofSeconds(1);

  /** What is measured takes a hundred times as long; without it the clients would be the load. */
  private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final int REMEMBERED = 10_000;
  private static final long WITHIN_SECONDS = 60;

  private final MutiraoClient client;
  private final Thread thread;
  private final Deque<Acknowledgement> told = new ArrayDeque<>();
  private volatile boolean closing;

  /** Connects to the first of {@code servers} that answers, and begins. */
  Prober(String servers, String name) {
    this.client =
        MutiraoClient.connect(
            ClientOptions.to(servers).name(name).role(Role.TASK_CLIENT).presence(false).build());
    this.thread = Thread.ofVirtual().name(name).start(this::run);
  }

  private void run() {
    TaskRequest request = TaskRequest.of("probe").expires(SOON).keep(SOON);
    while (!closing) {
      long askedNs = System.nanoTime();
      try {
        client.submit(request).accepted().get(WITHIN_SECONDS, TimeUnit.SECONDS);
        note(new Acknowledgement(askedNs, System.nanoTime()));
      } catch (InterruptedException e) {
        return;
      } catch (ExecutionException | TimeoutException e) {
        // What was refused was not acknowledged: the silence goes on, and so does this client.
      }
      LockSupport.parkNanos(PAUSE_NS);
    }
  }

  private synchronized void note(Acknowledgement acknowledgement) {
    told.add(acknowledgement);
    if (told.size() > REMEMBERED) {
      told.poll();
    }
    notifyAll();
  }

  /** Where it is connected, or was last. */
  String server() {
    return client.server();
  }

  /**
   * Waits for the first task that was handed in after {@code ns} and acknowledged.
   *
   * @return when it was acknowledged
   */
  synchronized long firstAfter(long ns) throws InterruptedException, TimeoutException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(WITHIN_SECONDS);
    while (told.isEmpty() || told.getLast().askedNs() < ns) {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
      if (leftMs <= 0) {
        throw new TimeoutException(client.name() + " is told nothing any more");
      }
      wait(leftMs);
    }
    return told.stream().filter(one -> one.askedNs() >= ns).findFirst().orElseThrow().toldNs();
  }

  /** The longest time without an acknowledgement between these two moments. */
  synchronized long longestSilence(long fromNs, long toNs) {
    long longest = 0;
    long last = fromNs;
    for (Acknowledgement one : told) {
      if (one.toldNs() > fromNs && one.toldNs() <= toNs) {
        longest = Math.max(longest, one.toldNs() - last);
        last = one.toldNs();
      }
    }
    return Math.max(longest, toNs - last);
  }

  @Override
  public void close() throws MutiraoException, InterruptedException {
    closing = true;
    client.close();
    thread.join();
  }
}
