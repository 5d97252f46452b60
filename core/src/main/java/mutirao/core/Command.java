package mutirao.core;

import java.util.List;
import java.util.Map;
import mutirao.core.account.AccountRole;
import mutirao.core.account.Author;
import mutirao.core.account.Login;
import mutirao.core.session.SessionRole;
import mutirao.core.task.TaskSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a server may put into the log. The edge has checked every value and decided all that needs a
 * clock, chance or I/O; texts, params, results and errors are JSON bytes the core never looks into.
 */
public sealed interface Command {

  /**
   * Somebody registers.
   *
   * @param name wanted name in NFC; null lets the machine make one
   * @param operations what a worker can run; empty for the other roles
   * @param presence whether this peer is told who comes and goes
   * @param secretHash hash of the resume secret; the secret itself is never in the log
   * @param login who it is; null: nothing was shown
   */
  record OpenSession(
      Origin origin,
      @Nullable String name,
      SessionRole role,
      List<String> operations,
      int slots,
      boolean confirm,
      boolean presence,
      String secretHash,
      @Nullable Login login)
      implements Command {

    /** Of somebody who shows nothing. */
    public OpenSession(
        Origin origin,
        @Nullable String name,
        SessionRole role,
        List<String> operations,
        int slots,
        boolean confirm,
        boolean presence,
        String secretHash) {
      this(origin, name, role, operations, slots, confirm, presence, secretHash, null);
    }
  }

  /**
   * A broken session is taken up again.
   *
   * @param seen per room the last sequence number the client has, and under "@" its last direct
   * @param login who it is; must be who opened it
   */
  record ResumeSession(
      Origin origin, String secretHash, Map<String, Long> seen, @Nullable Login login)
      implements Command {

    /** Of somebody who shows nothing. */
    public ResumeSession(Origin origin, String secretHash, Map<String, Long> seen) {
      this(origin, secretHash, seen, null);
    }
  }

  /**
   * A connection broke; its session waits for the resume window. Ignored if another connection took
   * over.
   */
  record DetachSession(long session, Origin origin) implements Command {}

  /** Somebody leaves for good. Ignored if another connection took over. */
  record CloseSession(long session, Origin origin) implements Command {}

  /** Enters a room. */
  record JoinRoom(long session, String room) implements Command {}

  /** Leaves a room. */
  record LeaveRoom(long session, String room) implements Command {}

  /** Says something in a room. */
  record PostMessage(long session, String room, byte[] text, @Nullable String key)
      implements Command {}

  /** Says something to one session. */
  record SendDirect(long session, String target, byte[] text, @Nullable String key)
      implements Command {}

  /** Hands in a task. */
  record SubmitTask(long session, TaskSpec spec) implements Command {}

  /** A worker reports a result. */
  record CompleteTask(long session, long task, int attempt, byte[] result) implements Command {}

  /** A worker reports a failure. */
  record FailTask(long session, long task, int attempt, byte[] error, boolean retry)
      implements Command {}

  /** A worker showed progress: the attempt's time starts anew. */
  record RenewTask(long session, long task, int attempt) implements Command {}

  /** The submitter no longer wants the task, or an admin has it ended. */
  record CancelTask(long session, long task) implements Command {
    /** In place of a session: the edge has found out that this may be anybody's task. */
    public static final long BY_AN_ADMIN = 0;
  }

  /** A worker wants no more tasks. */
  record DrainWorker(long session) implements Command {}

  /**
   * A worker showed progress to somebody who is served elsewhere: the attempt's time starts anew
   * too.
   */
  record ReportProgress(
      long session, long task, int attempt, byte @Nullable [] percent, byte @Nullable [] message)
      implements Command {}

  /**
   * A server no longer serves its connections with numbers below {@code beforeConnection}: it was
   * started again, or is not heard any more.
   */
  record LoseNode(String node, long beforeConnection) implements Command {}

  /**
   * A server leads from here on. Whoever was to be heard in time could not be heard while there was
   * no leader: everybody gets the full time again.
   */
  record BeginTerm(String node) implements Command {}

  /** What changes users and tokens. */
  sealed interface OfAccount extends Command {
    /** Who wants it. */
    Author by();
  }

  /** A user more. {@code passwordHash} null: no password opens the account. */
  record AddUser(
      Author by,
      String user,
      AccountRole role,
      List<String> operations,
      @Nullable String passwordHash)
      implements OfAccount {}

  /** A user less, with all tokens. */
  record RemoveUser(Author by, String user) implements OfAccount {}

  /** Another password; logins by the old one end. */
  record SetPassword(Author by, String user, String passwordHash) implements OfAccount {}

  /**
   * A token more.
   *
   * @param hash SHA-256 of the token
   * @param role null: as the user's
   * @param operations empty: as the user's
   * @param lifetimeMs 0: for ever
   */
  record AddToken(
      Author by,
      String user,
      String hash,
      @Nullable AccountRole role,
      List<String> operations,
      String label,
      long lifetimeMs)
      implements OfAccount {}

  /** A token less; {@code token} is the beginning of its hash. */
  record RevokeToken(Author by, String token) implements OfAccount {}

  /** Something that changes no user, and that people want to know of afterwards. */
  record NoteDeed(Author by, String what, String about) implements OfAccount {}

  /** Nothing but time passed. */
  record AdvanceTime() implements Command {}
}
