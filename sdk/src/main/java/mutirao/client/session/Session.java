package mutirao.client.session;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import mutirao.client.ClientListener;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoException;
import mutirao.client.Reply;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import mutirao.client.link.Lifeline;
import mutirao.client.link.Lines;
import mutirao.client.link.Link;
import mutirao.client.link.SerialExecutor;
import mutirao.client.link.Timing;
import mutirao.client.request.Keys;
import mutirao.client.request.ReplyHandler;
import mutirao.client.request.RequestHandler;
import mutirao.client.request.RequestKind;
import mutirao.client.request.Requests;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * One registered presence on a server, over as many connections as it takes. One lock guards all of
 * its state; nothing waits while holding it, except a caller for room among the requests. Answers
 * and events leave it in order through two {@link SerialExecutor}s, so that no user's code runs
 * under the lock or on the thread that reads.
 */
public final class Session implements Lifeline.Owner {
  private static final long SHORTEST_TICK_MS = 10;
  private static final long LONGEST_TICK_MS = 1_000;
  private static final int TICKS_PER_TIMEOUT = 4;

  /** As whom the server knows this session. */
  public record Identity(String name, Role role, String session, String server) {}

  private final ClientOptions options;
  private final Enlistment enlistment;
  private final Timing timing;
  private final ReentrantLock lock = new ReentrantLock();
  private final Keys keys = new Keys();
  private final SerialExecutor answers;
  private final Events events;
  private final Lifeline lifeline;
  private final Requests requests;
  private final TrackedTasks tasks;
  private final Recovery recovery;
  private final Rooms rooms = new Rooms();
  private final CompletableFuture<ClientListener.Connection.Closed> closed =
      new CompletableFuture<>();
  private final CountDownLatch over = new CountDownLatch(1);

  private volatile @Nullable Identity identity;
  private Inbound inbound;
  private String resumeSecret = "";
  private boolean quitting;
  private Timing.Timer ticking = Timing.Timer.NONE;

  /** A session that is not connected yet. */
  public Session(
      ClientOptions options, Enlistment enlistment, Timing timing, RandomGenerator random) {
    this.options = options;
    this.enlistment = enlistment;
    this.timing = timing;
    this.answers = SerialExecutor.forAnswers("mutirao-answers", options.bounds().events());
    this.events = new Events(options.listener(), options.bounds().events());
    this.tasks = new TrackedTasks(answers, events);
    this.requests = new Requests(lock, options, timing, tasks::releaseUnclaimed);
    this.recovery = new Recovery(this, tasks);
    this.lifeline = new Lifeline(options, timing, random, lock, this);
    this.inbound = inbound(WorkerPart.NONE);
  }

  private Inbound inbound(WorkerPart part) {
    return new Inbound(requests, tasks, rooms, events, part);
  }

  /** Connects and registers, once; throws where no server did. */
  public void connect(WorkerPart part) {
    locked(() -> inbound = inbound(part));
    lifeline.connect();
    locked((Runnable) this::tick);
  }

  /** As whom the server knows this session. */
  public Identity identity() {
    return Objects.requireNonNull(identity, "not connected yet");
  }

  /** Whether there is a connection at the moment. */
  public boolean connected() {
    return locked(() -> lifeline.link() != null);
  }

  /** Completed in the order of the answers, once the session is over. */
  public CompletableFuture<ClientListener.Connection.Closed> closed() {
    return closed;
  }

  /** A key nobody else makes up. */
  public String newKey() {
    return keys.next();
  }

  /** Runs {@code work}, which must be short, with the session's lock held. */
  public void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  /** Computes something short with the session's lock held. */
  public <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** Runs {@code work}, which must be short, with the session's lock held, after a while. */
  public void after(long delayMs, Runnable work) {
    timing.after(delayMs, () -> locked(work));
  }

  /**
   * Sends a request.
   *
   * @param frame makes the frame with its ref
   * @param answer turns the answer into what the caller wants, with the session's lock held; null
   *     where it is not the answer to such a request
   */
  public <T> Reply<T> ask(
      RequestKind kind,
      Function<RawJson, ClientFrame> frame,
      Function<ServerFrame, @Nullable T> answer) {
    Reply<T> reply = new Reply<>();
    requests.hand(kind, frame, new ReplyHandler<>(reply, answer, answers));
    return reply;
  }

  /** Hands in a task. */
  public TaskHandle submit(TaskRequest task) {
    TrackedTask tracked = new TrackedTask(this, task, answers);
    String key = newKey();
    requests.hand(
        RequestKind.SUBMIT,
        ref -> task.toFrame(ref, key),
        new RequestHandler() {
          @Override
          public void answered(ServerFrame frame) {
            if (frame instanceof ServerFrame.Accepted accepted) {
              String toAsk = tasks.accepted(tracked, accepted);
              if (toAsk != null) {
                recovery.ask(toAsk);
              }
            } else {
              failed(ReplyHandler.unexpected(frame));
            }
          }

          @Override
          public void failed(MutiraoException failure) {
            answers.execute(() -> tracked.fail(failure));
          }
        });
    return tracked;
  }

  /** Ends a task; the outcome goes to {@code reply}. */
  public void cancel(String taskId, Reply<ServerFrame.Cancelled> reply) {
    requests.hand(
        RequestKind.ONCE,
        ref -> new ClientFrame.Cancel(ref, taskId),
        new ReplyHandler<>(
            reply, frame -> frame instanceof ServerFrame.Cancelled c ? c : null, answers));
  }

  /** Enters a room and remembers to be in it. */
  public Reply<ServerFrame.Joined> join(String roomName) {
    return ask(
        RequestKind.REPEATABLE,
        ref -> new ClientFrame.Join(ref, roomName),
        frame -> {
          if (!(frame instanceof ServerFrame.Joined joined)) {
            return null;
          }
          rooms.joined(joined.room(), joined.seq());
          return joined;
        });
  }

  /** Leaves a room and forgets it. */
  public Reply<ServerFrame.Left> leave(String roomName) {
    // Forgotten at once: were the answer lost, nobody would want to be put into it again.
    locked(() -> rooms.left(roomName));
    return ask(
        RequestKind.ONCE,
        ref -> new ClientFrame.Leave(ref, roomName),
        frame -> {
          if (!(frame instanceof ServerFrame.Left left)) {
            return null;
          }
          // Again, because the answer to an earlier join may have come in between.
          rooms.left(left.room());
          return left;
        });
  }

  /** Sends a frame that nothing hangs on, unless there is no connection or much waits already. */
  public void sendIfIdle(ClientFrame frame) {
    byte[] line = Lines.of(frame);
    locked(() -> requests.sendIfIdle(line));
  }

  /** Sends what a worker or the client itself asks; it does not wait for room. Any thread. */
  public void handInternally(
      RequestKind kind, Function<RawJson, ClientFrame> frame, RequestHandler handler) {
    requests.hand(kind, frame, handler);
  }

  /** Says goodbye after everything that was sent before; does not wait. */
  public void quit() {
    locked(
        () -> {
          if (!quitting) {
            quitting = true;
            requests.refuse(
                new MutiraoException(MutiraoException.CLOSED, "the client is leaving", true, null));
            lifeline.leave();
          }
        });
  }

  /** {@link #quit()}, and waits until it is over. */
  public void close() {
    quit();
    try {
      // A little longer than the goodbye may take, after which the connection is cut.
      boolean _ = over.await(2 * Lifeline.GOODBYE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    if (over.getCount() == 0) {
      return;
    }
    lifeline.tick();
    requests.tick();
    long tickMs =
        Math.clamp(
            options.requestTimeout().toMillis() / TICKS_PER_TIMEOUT,
            SHORTEST_TICK_MS,
            LONGEST_TICK_MS);
    ticking = timing.after(tickMs, () -> locked((Runnable) this::tick));
  }

  @Override
  public byte[] registration() {
    Identity known = identity;
    String name = known == null ? options.name() : known.name();
    return Lines.of(
        new ClientFrame.Register(
            null,
            name.isEmpty() ? null : name,
            enlistment.role(),
            enlistment.operations(),
            enlistment.slots(),
            enlistment.confirm(),
            options.presence() && events.wanted(),
            options.credentials(),
            known == null ? null : resumeSecret,
            known == null ? Map.of() : rooms.seen(),
            options.lang()));
  }

  @Override
  public void up(Link link, ServerFrame.Registered registered) {
    boolean first = identity == null;
    resumeSecret = registered.resume();
    String server = link.address().toString();
    identity = new Identity(registered.name(), registered.role(), registered.session(), server);
    events.connection(
        first
            ? new ClientListener.Connection.Connected(
                registered.name(), registered.session(), server)
            : registered.resumed()
                ? new ClientListener.Connection.Resumed(
                    registered.name(), registered.session(), server)
                : new ClientListener.Connection.Replaced(
                    registered.name(), registered.session(), server));
    rooms.told(registered.rooms());
    requests.up(
        link,
        registered.maxFrame(),
        () -> {
          if (!registered.resumed()) {
            rooms.newSession();
            enterRooms(link);
          }
        });
    recovery.restart(tasks.openIds());
    inbound.worker().registered(registered.resumed());
  }

  /** Puts a new session into the rooms of the old one; it is in the lobby already. */
  private void enterRooms(Link link) {
    if (!rooms.in(Limits.DEFAULT_ROOM)) {
      link.send(Lines.of(new ClientFrame.Leave(null, Limits.DEFAULT_ROOM)));
    }
    for (String name : rooms.names()) {
      if (!name.equals(Limits.DEFAULT_ROOM)) {
        handInternally(
            RequestKind.INTERNAL,
            ref -> new ClientFrame.Join(ref, name),
            new Rejoining(name, rooms, events));
      }
    }
  }

  @Override
  public void frame(Link link, ServerFrame frame) {
    inbound.frame(link, frame);
  }

  @Override
  public void down(String reason) {
    requests.down(reason);
    inbound.worker().lost();
  }

  @Override
  public void waiting(int attempt, Duration delay, String reason) {
    events.connection(new ClientListener.Connection.Reconnecting(attempt, delay, reason));
  }

  @Override
  public void ended(String code, String message) {
    ticking.cancel();
    tasks.failAll(new MutiraoException(code, message, false, null));
    requests.end(code, message);
    inbound.worker().ended();
    ClientListener.Connection.Closed last = new ClientListener.Connection.Closed(code, message);
    events.connection(last);
    answers.execute(() -> closed.complete(last));
    over.countDown();
  }
}
