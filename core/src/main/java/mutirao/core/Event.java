package mutirao.core;

import java.util.List;
import mutirao.core.account.Account;
import mutirao.core.account.Deed;
import mutirao.core.account.Login;
import mutirao.core.account.TokenTerms;
import mutirao.core.session.SessionRole;
import mutirao.core.task.TaskSpec;
import mutirao.core.task.TaskState;
import org.jspecify.annotations.Nullable;

/** What changed. Events alone change the state, and applying one cannot fail. */
public sealed interface Event {

  /** What concerns sessions. */
  sealed interface OfSession extends Event {}

  /** What concerns rooms. */
  sealed interface OfRoom extends Event {}

  /** What concerns tasks and workers. */
  sealed interface OfTask extends Event {}

  /** What concerns users and tokens. */
  sealed interface OfAccount extends Event {}

  /** A user is known, or is another than before. */
  record UserPut(Account account) implements OfAccount {}

  /** A user, by the compared name, is no longer known. */
  record UserRemoved(String user) implements OfAccount {}

  /** A token is good from now on. */
  record TokenPut(TokenTerms terms) implements OfAccount {}

  /** A token, by its hash, is good no longer. */
  record TokenRemoved(String hash) implements OfAccount {}

  /** Who changed a user or token is on record. */
  record DeedRecorded(Deed deed) implements OfAccount {}

  /** Somebody registered. */
  record SessionOpened(
      long session,
      Origin origin,
      String name,
      SessionRole role,
      List<String> operations,
      int slots,
      boolean confirm,
      boolean presence,
      String secretHash,
      @Nullable Login login)
      implements OfSession {}

  /** The connection, {@code origin}, broke; the session is kept until {@code untilMs}. */
  record SessionDetached(long session, Origin origin, long untilMs) implements OfSession {}

  /** A broken session is kept longer: until {@code untilMs}. */
  record SessionKept(long session, long untilMs) implements OfSession {}

  /**
   * The session is served through another connection now; {@code replaced} is the one it had, if it
   * still had one.
   */
  record SessionResumed(long session, Origin origin, @Nullable Origin replaced)
      implements OfSession {}

  /**
   * The session is over. Carries what the farewell needs, because the session is no longer there to
   * ask.
   */
  record SessionClosed(
      long session, String name, SessionRole role, @Nullable Origin origin, CloseReason reason)
      implements OfSession {}

  /** Why a session ended. */
  enum CloseReason {
    /** It said so. */
    QUIT,
    /** Nobody took it up again within the resume window. */
    WINDOW_OVER,
    /** Somebody registered under the name of a broken session. */
    NAME_TAKEN_OVER,
    /** Its user or token is no longer, or is another. */
    NOT_ADMITTED
  }

  /** A direct message is in the receiver's inbox. */
  record DirectSent(
      long session, String sender, byte[] text, long seq, @Nullable String senderKey, long timeMs)
      implements OfSession {}

  /** A session is in a room. */
  record RoomJoined(long session, String room) implements OfRoom {}

  /** A session is no longer in a room; {@code name} because the session may be gone. */
  record RoomLeft(long session, String room, String name) implements OfRoom {}

  /** A message has its place in a room; {@code senderKey} is remembered against repetition. */
  record MessagePosted(
      long session,
      String room,
      String sender,
      byte[] text,
      long seq,
      @Nullable String senderKey,
      long timeMs)
      implements OfRoom {}

  /**
   * Message keys that were remembered long enough are forgotten: all from before {@code beforeMs}.
   */
  record MessageKeysForgotten(long beforeMs) implements OfRoom {}

  /** A task is known. */
  record TaskAccepted(
      long task, String submitter, TaskSpec spec, long notBeforeMs, long expiresAtMs, long timeMs)
      implements OfTask {}

  /** A task waits in its queue: for the first time, after its delay, or again. */
  record TaskQueued(long task, QueuedBecause because) implements OfTask {}

  /** Why a task is (again) in its queue. */
  enum QueuedBecause {
    DUE,
    WORKER_LOST,
    TIMED_OUT,
    /** Its own worker is gone and it may run anywhere. */
    FALLBACK
  }

  /** An attempt was given to a worker. */
  record TaskStarted(long task, int attempt, long worker, long timeMs) implements OfTask {}

  /** An attempt failed; the next one begins not before {@code notBeforeMs}. */
  record TaskRetryScheduled(long task, long notBeforeMs, byte[] error) implements OfTask {}

  /** An attempt showed progress. */
  record TaskRenewed(long task, long timeMs) implements OfTask {}

  /** An attempt told how far it is, for the submitter's eyes alone; the state is as before. */
  record TaskProgressed(
      long task, int attempt, byte @Nullable [] percent, byte @Nullable [] message)
      implements OfTask {}

  /**
   * A task ended.
   *
   * @param deliverTo the submitter's session that gets the result now, 0: kept until the name
   *     registers again
   */
  record TaskFinished(
      long task,
      TaskState state,
      byte @Nullable [] result,
      byte @Nullable [] error,
      long deliverTo,
      long timeMs)
      implements OfTask {}

  /**
   * Results that waited for their submitter go to this session now.
   *
   * @param nextAtMs when more of them follow; 0: these were all
   */
  record ResultsHandedOver(long session, List<Long> tasks, long nextAtMs) implements OfTask {}

  /** A worker must stop an attempt that no longer counts. */
  record AttemptRevoked(long worker, long task, int attempt) implements OfTask {}

  /** A finished task was kept long enough. */
  record TaskForgotten(long task) implements OfTask {}

  /** A worker gets no more tasks. */
  record WorkerDraining(long worker) implements OfTask {}
}
