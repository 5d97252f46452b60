package mutirao.client.link;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoException;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a registered connection for as long as it is wanted: tries the servers, registers, notices
 * silence, comes back with back-off. Its state is guarded by the session's lock, which it holds
 * whenever it calls its owner.
 */
public final class Lifeline implements Link.Receiver {

  /** Who the connection is for. */
  public interface Owner {
    /** The line that registers, or takes up again, as things stand. */
    byte[] registration();

    /** There is a registered connection. */
    void up(Link link, ServerFrame.Registered registered);

    /** A frame on the registered connection. */
    void frame(Link link, ServerFrame frame);

    /** The registered connection is gone. */
    void down(String reason);

    /** The next try comes after a wait. */
    void waiting(int attempt, Duration delay, String reason);

    /** There will be no further try. */
    void ended(String code, String message);
  }

  /** A connection that has asked to be registered. */
  private record Candidate(Link link, CompletableFuture<ServerFrame.Registered> outcome) {}

  private static final String CLOSED_TEXT = "the client was closed";

  /** How long a goodbye may take. */
  public static final long GOODBYE_MS = 5_000;

  /** Silent heartbeats, or pulses, after which a connection counts as dead. */
  private static final int SILENT_HEARTBEATS = 3;

  /** Pulses in a resume window: three of silence leave time to take the session up elsewhere. */
  private static final int PULSES_IN_WINDOW = 4;

  private final ClientOptions options;
  private final Timing timing;
  private final ReentrantLock lock;
  private final Owner owner;
  private final Backoff backoff;

  private List<ServerAddress> servers;
  private @Nullable Candidate candidate;
  private @Nullable Link link;
  private long heartbeatMs;
  private long resumeWindowMs;
  private long pingedAtMs;
  private long upSinceMs;
  private long brokenSinceMs;
  private int attempt;
  private boolean leaving;
  private boolean ended;
  private Timing.Timer next = Timing.Timer.NONE;

  /** A connection that is not there yet. */
  public Lifeline(
      ClientOptions options,
      Timing timing,
      RandomGenerator random,
      ReentrantLock lock,
      Owner owner) {
    this.options = options;
    this.timing = timing;
    this.lock = lock;
    this.owner = owner;
    this.servers = options.servers();
    ClientOptions.Reconnect policy = options.reconnect();
    this.backoff = new Backoff(policy.first().toMillis(), policy.longest().toMillis(), random);
  }

  /** Connects and registers for the first time, without the lock; throws where no server did. */
  public void connect() {
    MutiraoException failure = tryServers();
    if (failure != null) {
      throw failure;
    }
  }

  /** The registered connection; null while there is none. */
  public @Nullable Link link() {
    return link;
  }

  /** Says goodbye after everything that was sent before, and is over when that is done. */
  public void leave() {
    if (leaving || ended) {
      return;
    }
    leaving = true;
    next.cancel();
    if (link == null) {
      end(MutiraoException.CLOSED, CLOSED_TEXT);
      return;
    }
    next = goodbye(link);
  }

  private Timing.Timer goodbye(Link last) {
    last.send(Lines.QUIT);
    return timing.after(GOODBYE_MS, () -> last.close("no goodbye came"));
  }

  /** Looks for silence; to be called often. */
  public void tick() {
    if (link == null || heartbeatMs == 0) {
      return;
    }
    long nowMs = timing.nowMs();
    long silentMs = nowMs - link.heardAtMs();
    long pulseMs = pulseMs();
    if (silentMs >= SILENT_HEARTBEATS * pulseMs) {
      link.close("nothing was heard for " + silentMs + " ms");
    } else if (silentMs >= pulseMs && nowMs - pingedAtMs >= pulseMs) {
      pingedAtMs = nowMs;
      link.send(Lines.PING);
    }
  }

  /**
   * How much silence is worth a question. A machine without power says no goodbye, and the other
   * servers keep its sessions for the resume window only, which a heartbeat may be longer than.
   */
  private long pulseMs() {
    return options.servers().size() == 1
        ? heartbeatMs
        : Math.clamp(resumeWindowMs / PULSES_IN_WINDOW, 1, heartbeatMs);
  }

  private @Nullable MutiraoException tryServers() {
    MutiraoException failure = null;
    for (ServerAddress server : List.copyOf(servers)) {
      MutiraoException now = tryServer(server);
      if (now == null || !anotherServerMayHelp(now)) {
        return now;
      }
      // What a server says tells more than that another one is silent.
      failure = failure == null || failure.unreachable() ? now : failure;
    }
    return failure;
  }

  private @Nullable MutiraoException tryServer(ServerAddress server) {
    int timeoutMs = (int) Math.min(Integer.MAX_VALUE, options.connectTimeout().toMillis());
    Candidate trying;
    try {
      Link opened = Link.open(server, options.sockets(), options.tls(), timeoutMs, timing);
      trying = new Candidate(opened, new CompletableFuture<>());
    } catch (IOException | RuntimeException e) {
      return Unreached.of(server, String.valueOf(e.getMessage()), e);
    }
    if (!register(trying)) {
      trying.link.close(CLOSED_TEXT);
      return closed();
    }
    return outcome(trying, options.registerTimeout().toMillis());
  }

  private boolean register(Candidate trying) {
    lock.lock();
    try {
      if (leaving || ended) {
        return false;
      }
      candidate = trying;
      trying.link.start(this);
      trying.link.send(owner.registration());
      return true;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable MutiraoException outcome(Candidate trying, long timeoutMs) {
    ServerAddress server = trying.link.address();
    try {
      trying.outcome.get(timeoutMs, TimeUnit.MILLISECONDS);
      return null;
    } catch (TimeoutException e) {
      return abandon(trying, Unreached.of(server, "it did not answer in time", e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return abandon(
          trying,
          new MutiraoException(
              MutiraoException.INTERRUPTED, "interrupted while connecting", true, e));
    } catch (ExecutionException e) {
      return e.getCause() instanceof MutiraoException refused
          ? refused
          : Unreached.of(server, String.valueOf(e.getMessage()), e);
    }
  }

  /** Gives a candidate up, unless it has become the connection at this very moment. */
  private @Nullable MutiraoException abandon(Candidate trying, MutiraoException failure) {
    lock.lock();
    try {
      if (link == trying.link) {
        return null;
      }
      candidate = null;
      trying.link.close("registering took too long");
      return failure;
    } finally {
      lock.unlock();
    }
  }

  private static MutiraoException closed() {
    return new MutiraoException(MutiraoException.CLOSED, CLOSED_TEXT, true, null);
  }

  private static boolean anotherServerMayHelp(MutiraoException failure) {
    return failure.unreachable()
        || failure.is(ErrorCode.NOT_LEADER)
        || failure.is(ErrorCode.UNAVAILABLE)
        || failure.is(ErrorCode.OVERLOADED)
        || failure.is(ErrorCode.INTERNAL)
        // One that stood still looks at its clock before it reads what we said meanwhile.
        || failure.is(ErrorCode.NOT_REGISTERED);
  }

  @Override
  public void frame(Link from, ServerFrame frame) {
    lock.lock();
    try {
      if (from == link) {
        owner.frame(from, frame);
      } else if (candidate != null && candidate.link == from) {
        answerTo(candidate, frame);
      }
    } finally {
      lock.unlock();
    }
  }

  private void answerTo(Candidate asking, ServerFrame frame) {
    switch (frame) {
      case ServerFrame.Registered _ when ended -> {
        candidate = null;
        goodbye(asking.link);
        asking.outcome.completeExceptionally(closed());
      }
      case ServerFrame.Registered registered -> {
        candidate = null;
        link = asking.link;
        heartbeatMs = registered.heartbeatMs();
        resumeWindowMs = registered.resumeWindowMs();
        upSinceMs = timing.nowMs();
        pingedAtMs = upSinceMs;
        beginWith(asking.link.address());
        owner.up(asking.link, registered);
        asking.outcome.complete(registered);
      }
      case ServerFrame.Error error -> {
        candidate = null;
        asking.outcome.completeExceptionally(Frames.exception(error));
        asking.link.close("the server refused: " + error.code().wireName());
      }
      case ServerFrame.Bye _ -> asking.link.close("the server said goodbye");
      case ServerFrame _ -> {}
    }
  }

  private void beginWith(ServerAddress server) {
    List<ServerAddress> order = new ArrayList<>(options.servers());
    order.remove(server);
    order.addFirst(server);
    servers = order;
  }

  /** What was lost may hang rather than be gone, and take long to say no. */
  private void endWith(ServerAddress server) {
    List<ServerAddress> order = new ArrayList<>(servers);
    order.remove(server);
    order.addLast(server);
    servers = order;
  }

  @Override
  public void closed(Link gone, String reason) {
    lock.lock();
    try {
      if (candidate != null && candidate.link == gone) {
        Candidate failed = candidate;
        candidate = null;
        failed.outcome.completeExceptionally(Unreached.of(gone.address(), reason, gone.failure()));
      } else if (link == gone) {
        link = null;
        endWith(gone.address());
        lost(reason);
      }
    } finally {
      lock.unlock();
    }
  }

  private void lost(String reason) {
    next.cancel();
    owner.down(reason);
    if (leaving) {
      end(MutiraoException.CLOSED, CLOSED_TEXT);
    } else if (!options.reconnect().enabled()) {
      end(MutiraoException.DISCONNECTED, reason);
    } else {
      brokenSinceMs = timing.nowMs();
      // A server that takes us and drops us again at once is not to be asked in a tight loop.
      if (brokenSinceMs - upSinceMs >= options.reconnect().longest().toMillis()) {
        attempt = 0;
      }
      waitForNextTry(reason, 0);
    }
  }

  private void waitForNextTry(String reason, long atLeastMs) {
    attempt++;
    long delayMs = Math.max(atLeastMs, backoff.delayMs(attempt));
    next =
        timing.after(delayMs, () -> Thread.ofVirtual().name("mutirao-connect").start(this::retry));
    owner.waiting(attempt, Duration.ofMillis(delayMs), reason);
  }

  private void retry() {
    MutiraoException failure = tryServers();
    if (failure == null) {
      return;
    }
    lock.lock();
    try {
      if (leaving || ended) {
        return;
      }
      if (hopeless(failure)) {
        end(failure.code(), String.valueOf(failure.getMessage()));
      } else {
        waitForNextTry(String.valueOf(failure.getMessage()), failure.retryAfterMs().orElse(0L));
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean hopeless(MutiraoException failure) {
    long brokenMs = timing.nowMs() - brokenSinceMs;
    Duration giveUpAfter = options.reconnect().giveUpAfter();
    if (giveUpAfter != null && brokenMs >= giveUpAfter.toMillis()) {
      return true;
    }
    if (failure.is(ErrorCode.NAME_TAKEN)) {
      // The holder may be a connection of ours whose death the server has yet to notice.
      return brokenMs >= (SILENT_HEARTBEATS + 1) * heartbeatMs + resumeWindowMs;
    }
    return !anotherServerMayHelp(failure);
  }

  private void end(String code, String message) {
    if (!ended) {
      ended = true;
      owner.ended(code, message);
    }
  }
}
