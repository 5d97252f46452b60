package mutirao.client.request;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoException;
import mutirao.client.link.Frames;
import mutirao.client.link.Lines;
import mutirao.client.link.Link;
import mutirao.client.link.Timing;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests and sees to it that each is answered or fails: it keeps what is not answered,
 * sends it again after a break where that does no harm, and bounds how much that is. Guarded by the
 * session's lock, which only {@link #hand} takes by itself, because it may have to wait for room.
 */
public final class Requests {
  /** Unwritten bytes above which progress is dropped rather than queued. */
  private static final int MAX_OWED_FOR_PROGRESS = 256 * 1024;

  private final ReentrantLock lock;
  private final Condition room;
  private final ClientOptions options;
  private final Timing timing;
  private final Runnable submitsSettled;
  private final AtomicLong lastRef = new AtomicLong();
  private final PendingRequests pending;
  private int maxFrameBytes = Limits.MAX_FRAME_BYTES;
  private @Nullable Link link;
  private @Nullable MutiraoException refusing;

  /**
   * No requests yet.
   *
   * @param submitsSettled called whenever no submit is under way that is being sent again
   */
  public Requests(
      ReentrantLock lock, ClientOptions options, Timing timing, Runnable submitsSettled) {
    this.lock = lock;
    this.room = lock.newCondition();
    this.options = options;
    this.timing = timing;
    this.submitsSettled = submitsSettled;
    this.pending = new PendingRequests(options.bounds());
  }

  /** Sends a request, or keeps it until there is a connection. Takes the lock. */
  public void hand(RequestKind kind, Function<RawJson, ClientFrame> frame, RequestHandler handler) {
    long ref = lastRef.incrementAndGet();
    byte[] line = Lines.of(frame.apply(RawJson.of(Long.toString(ref))));
    long deadlineMs =
        kind.timed() ? timing.nowMs() + options.requestTimeout().toMillis() : Long.MAX_VALUE;
    Request request = new Request(ref, kind, line, handler, deadlineMs);
    lock.lock();
    try {
      MutiraoException refusal = fits(line) ? awaitRoom(request) : tooLarge(request);
      if (refusal != null) {
        handler.failed(refusal);
        return;
      }
      pending.add(request);
      if (link != null) {
        transmit(link, request);
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable MutiraoException awaitRoom(Request request) {
    long leftNs = options.requestTimeout().toNanos();
    try {
      while (refusing == null && !pending.hasRoomFor(request)) {
        if (link == null || leftNs <= 0) {
          return new MutiraoException(
              MutiraoException.QUEUE_FULL, "too many requests have no answer yet", true, null);
        }
        leftNs = room.awaitNanos(leftNs);
      }
      return refusing;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new MutiraoException(
          MutiraoException.INTERRUPTED, "interrupted while waiting to send", true, e);
    }
  }

  private static void transmit(Link link, Request request) {
    request.sent = true;
    link.send(request.line);
  }

  private boolean fits(byte[] line) {
    return line.length - 1 <= maxFrameBytes;
  }

  private MutiraoException tooLarge(Request request) {
    return new MutiraoException(
        ErrorCode.TOO_LARGE.wireName(),
        request.line.length - 1 + " bytes are more than the " + maxFrameBytes + " of one frame",
        !request.sent,
        null);
  }

  /** Sends a frame that nothing hangs on, unless there is no connection or much waits already. */
  public void sendIfIdle(byte[] line) {
    if (link != null && link.owedBytes() < MAX_OWED_FOR_PROGRESS && fits(line)) {
      link.send(line);
    }
  }

  /**
   * There is a registered connection: what has no answer is sent, in the order in which it was
   * asked.
   *
   * @param newMaxFrameBytes the longest frame the server takes
   * @param first asks what has to be asked before that
   */
  public void up(Link newLink, int newMaxFrameBytes, Runnable first) {
    link = newLink;
    maxFrameBytes = newMaxFrameBytes;
    List<Request> again = pending.toSendAgain();
    first.run();
    for (Request request : again) {
      if (fits(request.line)) {
        transmit(newLink, request);
      } else {
        // Another server, another bound: sending it would only break the connection again.
        boolean _ = pending.take(request.ref) != null;
        request.handler.failed(tooLarge(request));
      }
    }
    afterTaking();
  }

  /** The connection is gone: what must not be sent twice fails. */
  public void down(String reason) {
    link = null;
    for (Request request : pending.takeIf(r -> r.sent && r.kind.failsAtBreak())) {
      request.handler.failed(
          new MutiraoException(MutiraoException.DISCONNECTED, reason, false, null));
    }
    afterTaking();
  }

  /** Takes no more requests, for this reason; those under way go on. */
  public void refuse(MutiraoException why) {
    refusing = why;
    room.signalAll();
  }

  /** Takes no more requests, and lets those under way fail. */
  public void end(String code, String message) {
    refuse(new MutiraoException(code, message, true, null));
    for (Request request : pending.takeIf(_ -> true)) {
      request.handler.failed(new MutiraoException(code, message, !request.sent, null));
    }
    afterTaking();
  }

  /** Lets those fail whose time is over; to be called often. */
  public void tick() {
    for (Request request : pending.takeOverdue(timing.nowMs())) {
      String what =
          request.sent ? "no answer came in time" : "there was no connection to send it in time";
      request.handler.failed(
          new MutiraoException(MutiraoException.TIMEOUT, what, !request.sent, null));
    }
    afterTaking();
  }

  /** Hands an answer to the request it belongs to; false where there is none. */
  public boolean answered(ServerFrame frame) {
    Long ref = Frames.ref(frame.ref());
    Request request = ref == null ? null : pending.take(ref);
    if (request == null) {
      return false;
    }
    request.handler.answered(frame);
    afterTaking();
    return true;
  }

  /**
   * Hands a refusal to the request it belongs to; false where there is none. Where the server no
   * longer knows the session, or cannot reach the others, a request that can be repeated stays, for
   * the next server.
   */
  public boolean refused(ServerFrame.Error error) {
    Long ref = Frames.ref(error.ref());
    Request request = ref == null ? null : pending.find(ref);
    if (request == null) {
      return false;
    }
    boolean later = error.code() == ErrorCode.NOT_REGISTERED || Frames.cutOff(error);
    if (!later || request.kind.failsAtBreak()) {
      boolean _ = pending.take(request.ref) != null;
      request.handler.failed(Frames.exception(error));
      afterTaking();
    }
    return true;
  }

  /** Whether a task may be known to the server whose id this client has not been told. */
  public boolean submitsAreBeingResent() {
    return pending.submitsAreBeingResent();
  }

  private void afterTaking() {
    room.signalAll();
    if (!pending.submitsAreBeingResent()) {
      submitsSettled.run();
    }
  }
}
