package mutirao.sim.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mutirao.sim.world.BrokenPromise.unless;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.Problem;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.codec.FrameDecoder;
import mutirao.protocol.codec.FrameReader;
import mutirao.sim.server.SimLink;
import mutirao.sim.world.Sometimes;
import org.jspecify.annotations.Nullable;

/**
 * All that is said on one connection, heard at the server's mouth: whole lines, frames in their
 * stage, one answer a question and in the order of asking, and a reason before every goodbye.
 */
public final class Conversation implements SimLink.Tap {
  private static final int LARGEST_LINE = 64 * 1024 * 1024;

  private final Oracle oracle;
  private final int number;
  private final boolean rambling;
  private final ArrayDeque<Request> open = new ArrayDeque<>();
  private final List<ServerFrame> line = new ArrayList<>(1);
  private final Attendance attendance = new Attendance();
  private @Nullable SimLink link;
  private @Nullable KnownSession session;
  private @Nullable ServerFrame last;
  private ServerFrame.@Nullable Error rebuke;
  private @Nullable String nameAsked;
  private boolean pinged;
  private int malformedInARow;
  private boolean quitting;
  private @Nullable RawJson quitRef;
  private long askedAtStep;
  private boolean over;
  private long overSinceMs;

  /**
   * A conversation about to begin.
   *
   * @param rambling the client also sends rubbish, so that nobody knows what it asked
   */
  Conversation(Oracle oracle, int number, boolean rambling) {
    this.oracle = oracle;
    this.number = number;
    this.rambling = rambling;
  }

  /** The connection it happens on. */
  public void happensOn(SimLink newLink) {
    link = newLink;
  }

  /** Whether its client has this name, or may have it: not all that is said is heard in order. */
  boolean isNamed(String name) {
    String mine = session == null ? nameAsked : session.name();
    return mine == null || mine.equals(name);
  }

  boolean isNamedAs(Conversation other) {
    String name = other.session == null ? other.nameAsked : other.session.name();
    return name == null || isNamed(name);
  }

  @Nullable KnownSession session() {
    return session;
  }

  /** The name of the server that it is with. */
  String server() {
    return link == null ? "" : link.serverName();
  }

  /** When that was asked which was answered last, as the world counts its steps. */
  long askedAtStep() {
    return askedAtStep;
  }

  /** True while the connection is in order and its client has not said goodbye. */
  boolean healthy() {
    return !over && !quitting && link != null && link.healthy();
  }

  // ---- the client asks

  /** The client asks something. */
  public void asks(ClientFrame frame) {
    asks(frame, List.of());
  }

  /** The client asks something that only one of the {@code expected} errors may answer. */
  public void asks(ClientFrame frame, List<ErrorCode> expected) {
    if (quitting) {
      // Who has said goodbye is not listened to any more.
      return;
    }
    open.addLast(new Request(frame, expected, session == null, oracle.step()));
    switch (frame) {
      case ClientFrame.Broadcast f -> oracle.talk().sends(f, f.message(), this);
      case ClientFrame.Direct f -> oracle.talk().sends(f, f.message(), this);
      case ClientFrame.Submit f -> oracle.jobs().submits(f, this);
      case ClientFrame.Cancel f -> oracle.jobs().cancels(f.task(), this);
      case ClientFrame.Progress f -> oracle.jobs().progresses(f);
      case ClientFrame.Done f -> oracle.jobs().reports(f, session);
      case ClientFrame.Failed f -> oracle.jobs().reports(f, session);
      case ClientFrame.Quit f -> {
        quitting = true;
        quitRef = f.ref();
      }
      case ClientFrame.Register f -> nameAsked = f.name();
      // Sense among the rubbish, and nobody hears when it gets there.
      case ClientFrame.Pong _ -> malformedInARow = -Limits.MAX_MALFORMED_IN_A_ROW;
      default -> {}
    }
  }

  // ---- the server speaks

  @Override
  public void leaving(byte[] bytes, int length) {
    unless(length > 0 && bytes[length - 1] == '\n', "frames go out whole:", this);
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        unless(start <= oracle.maxUnsentBytes(), "nobody is owed more than the bound:", this);
        says(parse(bytes, start, i + 1));
        start = i + 1;
      }
    }
  }

  private ServerFrame parse(byte[] bytes, int start, int end) {
    line.clear();
    FrameReader<ServerFrame> reader = new FrameReader<>(FrameDecoder.server(), LARGEST_LINE);
    reader.feed(
        bytes,
        start,
        end - start,
        new FrameReader.Sink<>() {
          @Override
          public void frame(ServerFrame frame) {
            line.add(frame);
          }

          @Override
          public void problem(Problem problem) {
            unless(false, "the server speaks the protocol:", problem);
          }
        });
    unless(
        line.size() == 1,
        "a line is one frame:",
        this,
        new String(bytes, start, end - start, UTF_8));
    return line.getFirst();
  }

  private void says(ServerFrame frame) {
    boolean farewell = last instanceof ServerFrame.Bye;
    unless(!farewell, "nothing follows a goodbye:", this, frame);
    inItsStage(frame);
    ClientFrame asked = answered(frame);
    oracle.said(this, frame, asked);
    attendance.hears(frame, session, this);
    pinged |= frame instanceof ServerFrame.Ping;
    countMalformed(frame);
    rebuke = frame instanceof ServerFrame.Error error ? error : rebuke;
    last = frame;
  }

  private void countMalformed(ServerFrame frame) {
    if (frame instanceof ServerFrame.Error error && error.code() == ErrorCode.MALFORMED) {
      unless(++malformedInARow <= Limits.MAX_MALFORMED_IN_A_ROW, "rubbish has an end:", this);
    } else if (frame.ref() != null || frame instanceof ServerFrame.Pong) {
      malformedInARow = 0;
    }
  }

  private void inItsStage(ServerFrame frame) {
    boolean anyStage =
        frame instanceof ServerFrame.Error
            || frame instanceof ServerFrame.Pong
            || frame instanceof ServerFrame.Bye;
    if (frame instanceof ServerFrame.Registered) {
      unless(session == null, "one registers once:", this, frame);
    } else {
      unless(anyStage || session != null, "nobody is told anything before it registers:", frame);
    }
  }

  /** What this frame answers; null where it answers nothing. */
  private @Nullable ClientFrame answered(ServerFrame frame) {
    RawJson ref = frame.ref();
    if (ref == null) {
      unless(
          !(frame instanceof ServerFrame.Error error) || mayLackRef(error),
          "who errs is told with the ref:",
          this,
          frame);
      return null;
    }
    while (!rambling && !open.isEmpty()) {
      Request request = open.removeFirst();
      if (ref.equals(request.ref())) {
        askedAtStep = request.step();
        check(request, frame);
        return request.frame();
      }
      unless(
          request.ref() == null || !request.answered(confirms()),
          "answers come in the order of asking, none is left out:",
          this,
          request,
          frame);
    }
    unless(rambling, "an answer to something nobody asked:", this, frame);
    return amongRubbish(ref);
  }

  private @Nullable ClientFrame amongRubbish(RawJson ref) {
    for (Request request : open) {
      if (ref.equals(request.ref())) {
        open.remove(request);
        askedAtStep = request.step();
        return request.frame();
      }
    }
    return null;
  }

  private void check(Request request, ServerFrame frame) {
    if (frame instanceof ServerFrame.Error error) {
      unless(
          request.expected().isEmpty()
              || request.expected().contains(error.code())
              || error.code() == ErrorCode.OVERLOADED
              || error.code() == ErrorCode.UNAVAILABLE,
          "the right error:",
          this,
          request,
          frame);
      if (!request.expected().isEmpty()) {
        oracle.tally().met(Sometimes.FORGED_FRAME_REFUSED);
      }
    } else {
      unless(
          request.expected().isEmpty() && request.answers().contains(frame.type()),
          "the right kind of answer:",
          this,
          request,
          frame);
      if (request.early() && session != null && !(frame instanceof ServerFrame.Registered)) {
        oracle.tally().met(Sometimes.FRAMES_SENT_BEFORE_REGISTERED_ANSWERED);
      }
    }
  }

  /** Some errors answer no frame, but the connection as a whole. */
  private boolean mayLackRef(ServerFrame.Error error) {
    return rambling
        || error.code().closing()
        || error.code() == ErrorCode.NOT_REGISTERED
        || error.code() == ErrorCode.OVERLOADED
        || open.stream().anyMatch(request -> request.ref() == null);
  }

  private boolean confirms() {
    return session != null && session.confirm();
  }

  /** The server says who this is. */
  void isNow(KnownSession somebody) {
    session = somebody;
  }

  // ---- the end

  @Override
  public void serverCloses() {
    boolean clientFinished = link != null && link.clientFinished();
    if (last instanceof ServerFrame.Bye bye) {
      unless(bye.ref() == null || allAnswered(), "nothing is left out before the goodbye:", this);
    } else if (rebuke != null && rebuke.ref() != null && rebuke.ref().equals(quitRef)) {
      unless(allAnswered(), "nothing is left out before the goodbye:", this);
    } else if (rebuke != null && rebuke.code().closing()) {
      oracle.closedBecause(rebuke);
    } else if (clientFinished && !(session == null && last instanceof ServerFrame.Error)) {
      unless(allAnswered(), "what was asked before the end is answered:", this, unanswered());
      oracle.tally().met(Sometimes.SCRIPT_ANSWERED_AFTER_ITS_END);
    } else if (pinged) {
      oracle.tally().met(Sometimes.HALF_OPEN_DETECTED);
    } else if (rebuke != null) {
      oracle.closedBecause(rebuke);
    } else {
      unless(false, "who is cut off is told why:", this, "heard last", last);
    }
  }

  /** True where every question that has an answer got it. */
  public boolean allAnswered() {
    return rambling || unanswered().isEmpty();
  }

  @Override
  public void over() {
    over = true;
    overSinceMs = oracle.nowMs();
  }

  /** True where the connection broke, without a goodbye, no longer than {@code forMs} ago. */
  boolean brokeWithin(long forMs) {
    return over && !quitting && oracle.nowMs() - overSinceMs < forMs;
  }

  boolean isOver() {
    return over;
  }

  /** What is still unanswered. */
  List<Request> unanswered() {
    return open.stream().filter(r -> r.answered(confirms()) && r.ref() != null).toList();
  }

  @Override
  public String toString() {
    return "[link " + number + " " + (session == null ? "nobody" : session) + "]";
  }
}
