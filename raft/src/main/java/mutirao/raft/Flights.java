package mutirao.raft;

import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import mutirao.core.log.Log;
import org.apache.ratis.protocol.RaftClientReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a batch gets into the log once, or that its proposer is told that nobody knows:
 * an attempt that failed is made again, with whoever leads then, for some seconds. Repeats do no
 * harm, because the machine knows them. Thread-safe.
 */
final class Flights {
  private static final Logger LOG = LoggerFactory.getLogger(Flights.class);

  /** What Ratis adds to the bytes of an entry. */
  private static final int ENTRY_OVERHEAD_BYTES = 1024;

  private static final long RETRY_AFTER_MS = 5;

  private static final long LOOK_EVERY_MS = 250;

  /** After five seconds nobody waits for an answer any more. */
  private static final int GIVE_UP_AFTER_LOOKS = 20;

  private final RatisOptions options;
  private final Replica replica;
  private final Log.Listener listener;
  private final Courier courier;
  private final ScheduledExecutorService helper;
  private final AtomicReference<@Nullable Flight> inFlight;
  private final long producer = new SecureRandom().nextLong();

  Flights(
      RatisOptions options,
      Replica replica,
      Log.Listener listener,
      RatisMachine machine,
      Courier courier,
      ScheduledExecutorService helper) {
    this.options = options;
    this.replica = replica;
    this.listener = listener;
    this.courier = courier;
    this.helper = helper;
    this.inFlight = machine.inFlight();
  }

  /** Looks from now on whether a batch takes too long: in a group nothing need fail for that. */
  @SuppressWarnings("FutureReturnValueIgnored") // It looks until the helper is shut down.
  void watch() {
    helper.scheduleWithFixedDelay(this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  void begin(Log.Batch batch) {
    Flight flight = new Flight(producer, batch);
    if (flight.bytes().size() > options.maxEntryBytes() - ENTRY_OVERHEAD_BYTES) {
      LOG.error("a batch of {} bytes is larger than an entry may be", flight.bytes().size());
      listener.failed(batch, true);
      return;
    }
    if (!inFlight.compareAndSet(null, flight)) {
      throw new IllegalStateException("a batch is on its way already");
    }
    attempt(flight);
  }

  /** Somebody else leads: what hangs with the last one is sent to the new one. */
  void again() {
    Flight flight = inFlight.get();
    if (flight != null && !options.alone()) {
      attempt(flight);
    }
  }

  // Each attempt tells by itself how it ended; and which flight it is, not what that holds.
  @SuppressWarnings({"FutureReturnValueIgnored", "ReferenceEquality"})
  private void attempt(Flight flight) {
    int number = flight.attempt();
    CompletableFuture<RaftClientReply> outcome =
        flight.reads() ? courier.read() : courier.write(flight);
    outcome.whenComplete(
        (reply, failure) -> {
          if (inFlight.get() != flight) {
            return;
          }
          if (failure != null || reply == null || !reply.isSuccess()) {
            Throwable why = failure == null && reply != null ? reply.getException() : failure;
            again(flight, number, why);
          } else if (flight.reads() && inFlight.compareAndSet(flight, null)) {
            tell(() -> listener.committed(0, flight.batch(), true));
          }
        });
  }

  @SuppressWarnings("ReferenceEquality") // As above.
  private void again(Flight flight, int attempt, @Nullable Throwable why) {
    if (!flight.isNewest(attempt)) {
      return;
    }
    if (options.alone() && attempt * RETRY_AFTER_MS > GIVE_UP_AFTER_LOOKS * LOOK_EVERY_MS) {
      giveUp(flight, why);
      return;
    }
    onHelper(
        RETRY_AFTER_MS,
        () -> {
          if (flight.isNewest(attempt) && inFlight.get() == flight) {
            attempt(flight);
          }
        });
  }

  private void look() {
    Flight flight = inFlight.get();
    if (flight != null && flight.look() >= GIVE_UP_AFTER_LOOKS) {
      giveUp(flight, null);
    }
  }

  private void giveUp(Flight flight, @Nullable Throwable why) {
    if (inFlight.compareAndSet(flight, null)) {
      LOG.warn(
          flight.stayed()
              ? "batch {} reached no leader; silent: {}"
              : "nobody knows whether batch {} is in the log; silent: {}",
          flight.batch().id(),
          courier.silent(),
          why);
      tell(() -> listener.failed(flight.batch(), flight.stayed()));
    }
  }

  /**
   * Never on the thread that brings the news: Ratis holds locks there that the machine's thread may
   * wait for, and telling waits for the machine's thread.
   */
  private void tell(Runnable news) {
    onHelper(
        0,
        () -> {
          try {
            replica.run(news);
          } catch (RejectedExecutionException e) {
            LOG.debug("the server is gone already", e);
          }
        });
  }

  @SuppressWarnings("FutureReturnValueIgnored") // What is done there tells by itself how it ended.
  private void onHelper(long afterMs, Runnable work) {
    try {
      helper.schedule(work, afterMs, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed already", e);
    }
  }
}
