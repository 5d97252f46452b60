package mutirao.core.image;

import java.util.List;
import java.util.function.Supplier;
import mutirao.core.Origin;
import mutirao.core.Settings;
import mutirao.core.account.Account;
import mutirao.core.account.Deed;
import mutirao.core.account.Login;
import mutirao.core.account.TokenTerms;
import mutirao.core.room.Message;
import mutirao.core.session.DirectMessage;
import mutirao.core.session.SessionRole;
import mutirao.core.task.TaskSpec;
import mutirao.core.task.TaskState;
import org.jspecify.annotations.Nullable;

/**
 * A state at one place in the log, as values that no longer change: taken between two entries, it
 * can be written while the machine goes on. Orders are kept as they were, so that a machine made of
 * it is the same to the last link. Payloads are shared with the state, which never changes them.
 *
 * @param orders how often a deadline was ever set
 * @param tasks made where they are first asked for, by any thread: it takes longer than to take the
 *     image. Until then the state keeps what they were, so an image is to be asked.
 */
public record StateImage(
    Settings settings,
    long nowMs,
    long lastIndex,
    long orders,
    List<OfSession> sessions,
    List<OfRoom> rooms,
    List<OfKey> keys,
    Due keysDue,
    Supplier<OfTasks> tasks,
    OfAccounts accounts) {

  /**
   * When a deadline is due, and its place among the others.
   *
   * @param place index in the heap; negative where it does not wait, and the rest says nothing
   */
  public record Due(long atMs, long order, int place) {
    /** Of a deadline that does not wait. */
    public static final Due NONE = new Due(0, 0, -1);
  }

  /**
   * A session.
   *
   * @param rooms the rooms it is in, in the order of entering
   */
  public record OfSession(
      long id,
      String name,
      SessionRole role,
      List<String> operations,
      int slots,
      boolean confirm,
      boolean presence,
      String secretHash,
      @Nullable Login login,
      @Nullable Origin origin,
      List<DirectMessage> inbox,
      long lastDirectSeq,
      long detachedAfterSeq,
      long unsentBytes,
      List<String> rooms,
      Due due) {}

  /** Users, tokens, and who changed them, each in the order in which they came. */
  public record OfAccounts(List<Account> users, List<OfToken> tokens, List<Deed> deeds) {
    /** Of a state in which nobody has to log in. */
    public static final OfAccounts NONE = new OfAccounts(List.of(), List.of(), List.of());
  }

  /** A token and when it ends. */
  public record OfToken(TokenTerms terms, Due due) {}

  /** A room; {@code members} are sessions in the order of entering. */
  public record OfRoom(String name, long[] members, List<Message> history, long lastSeq) {}

  /** A message key that is remembered, oldest first. */
  public record OfKey(String key, long seq, long timeMs) {}

  /** Tasks, their submitters, and who runs them. */
  public record OfTasks(
      long changes, List<OfOwner> owners, List<OfQueue> queues, List<OfWorker> workers) {}

  /**
   * A submitter.
   *
   * @param tasks oldest first
   * @param signposts ids of tasks that are signposts
   * @param undelivered ids of tasks whose results wait, longest first
   */
  public record OfOwner(
      String nameKey,
      List<OfTask> tasks,
      long[] signposts,
      int sinceSignpost,
      long[] undelivered) {}

  /** A task; {@code worker} is the session that has it, 0 unless it runs. */
  public record OfTask(
      long id,
      String submitter,
      TaskSpec spec,
      long acceptedAtMs,
      long expiresAtMs,
      TaskState state,
      long notBeforeMs,
      int attempt,
      boolean fallenBack,
      long worker,
      @Nullable String workerName,
      long startedAtMs,
      long renewedAtMs,
      long finishedAtMs,
      long ranMs,
      byte @Nullable [] result,
      byte @Nullable [] error,
      Due due) {}

  /**
   * A queue.
   *
   * @param target the compared name of the worker whose tasks wait here; null: for any worker
   * @param workers sessions that can run what waits here, in the order of arrival
   * @param lanes bit p: priority p was ever used
   * @param tasks ids of what waits, in the order of each lane
   */
  public record OfQueue(
      String operation,
      @Nullable String target,
      boolean fallback,
      long[] workers,
      int lanes,
      long[] tasks,
      Due due) {}

  /**
   * A worker.
   *
   * @param running ids of its tasks, oldest first
   * @param queues places in {@link OfTasks#queues} of the queues it takes from
   */
  public record OfWorker(
      long session,
      boolean draining,
      long done,
      long failed,
      long lastChange,
      long[] running,
      int[] queues) {}
}
