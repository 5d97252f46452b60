package mutirao.protocol.codec;

import java.util.List;
import java.util.Optional;
import mutirao.protocol.Archived;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Limits;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.ServerView;
import mutirao.protocol.view.Explanation;
import org.jspecify.annotations.Nullable;

/**
 * Reads what servers send. A server of a later protocol may say more than is known here: frame
 * types are passed over, an unknown role counts as a client, and an unknown error code as {@code
 * internal}, which promises least.
 */
final class ServerFrameDecoder extends FrameDecoder<ServerFrame> {
  static final ServerFrameDecoder INSTANCE = new ServerFrameDecoder();

  private ServerFrameDecoder() {}

  @Override
  @Nullable ServerFrame decode(Fields f) {
    RawJson ref = f.ref();
    String type = f.requiredText(Field.TYPE);
    if (f.problem() != null) {
      return null;
    }
    return switch (type) {
      case "result" -> result(f);
      case "task" -> task(f);
      case "accepted" -> accepted(f, ref);
      case "recorded" -> new ServerFrame.Recorded(ref, taskId(f), attempt(f));
      case "broadcast" -> broadcast(f, ref);
      case "direct" -> direct(f);
      case "delivered" -> delivered(f, ref);
      case "system" -> system(f);
      case "progress" -> progress(f);
      case "error" -> error(f, ref);
      case "pong" -> new ServerFrame.Pong(ref, time(f, Field.TIMESTAMP));
      case "ping" -> new ServerFrame.Ping(time(f, Field.TIMESTAMP));
      case "registered" -> registered(f, ref);
      case "client_list" -> clientList(f, ref);
      case "joined" -> joined(f, ref);
      case "left" -> new ServerFrame.Left(ref, f.requiredText(Field.ROOM));
      case "history" -> history(f, ref);
      case "found" -> found(f, ref);
      case "gap" ->
          new ServerFrame.Gap(
              f.requiredText(Field.ROOM), count(f, Field.FROM_SEQ), count(f, Field.TO_SEQ));
      case "cancel" -> new ServerFrame.Cancel(taskId(f), attempt(f));
      case "cancelled" -> new ServerFrame.Cancelled(ref, taskId(f));
      case "draining" ->
          new ServerFrame.Draining(
              ref, (int) f.requiredInteger(Field.RUNNING, 0, Integer.MAX_VALUE));
      case "task_state" -> new ServerFrame.TaskState(ref, taskView(f), explanation(f));
      case "task_list" -> taskList(f, ref);
      case "worker_list" ->
          new ServerFrame.WorkerList(ref, f.objects(Field.WORKERS, ServerFrameDecoder::workerView));
      case "cluster_state" -> clusterState(f, ref);
      case "backup_part" -> backupPart(f, ref);
      case "accounts" -> AccountFields.accounts(f, ref);
      case "bye" -> new ServerFrame.Bye(ref, f.text(Field.REASON));
      default -> null;
    };
  }

  private static ServerFrame clusterState(Fields f, @Nullable RawJson ref) {
    return new ServerFrame.ClusterState(
        ref,
        f.requiredText(Field.NODE),
        f.text(Field.LEADER),
        f.requiredInteger(Field.TERM, 0, Long.MAX_VALUE),
        f.objects(
            Field.SERVERS,
            e ->
                new ServerView(
                    e.requiredText(Field.NODE),
                    e.text(Field.ADDRESS),
                    e.requiredInteger(Field.COMMITTED, -1, Long.MAX_VALUE),
                    e.has(Field.SILENT_MS)
                        ? Long.valueOf(e.integer(Field.SILENT_MS, 0, Long.MAX_VALUE, 0))
                        : null)));
  }

  private static ServerFrame backupPart(Fields f, @Nullable RawJson ref) {
    return new ServerFrame.BackupPart(
        ref,
        f.requiredText(Field.NODE),
        count(f, Field.POSITION),
        time(f, Field.TIMESTAMP),
        count(f, Field.SIZE),
        count(f, Field.OFFSET),
        f.requiredText(Field.DATA));
  }

  private static ServerFrame registered(Fields f, @Nullable RawJson ref) {
    return new ServerFrame.Registered(
        ref,
        f.requiredText(Field.NAME),
        role(f.requiredText(Field.ROLE)),
        f.requiredText(Field.SESSION),
        f.requiredText(Field.RESUME),
        f.flag(Field.RESUMED, false),
        f.requiredText(Field.SERVER),
        f.requiredText(Field.NODE),
        (int) f.integer(Field.MAX_FRAME, 1, Integer.MAX_VALUE, Limits.MAX_FRAME_BYTES),
        f.requiredInteger(Field.HEARTBEAT_MS, 0, Long.MAX_VALUE),
        f.integer(Field.RESUME_WINDOW_MS, 0, Long.MAX_VALUE, 0),
        f.counters(Field.ROOMS));
  }

  private static ServerFrame clientList(Fields f, @Nullable RawJson ref) {
    List<ServerFrame.Presence> clients =
        f.objects(
            Field.DETAILS,
            e ->
                new ServerFrame.Presence(
                    e.requiredText(Field.NAME), role(e.requiredText(Field.ROLE))));
    int total = (int) f.integer(Field.TOTAL, 0, Integer.MAX_VALUE, clients.size());
    return new ServerFrame.ClientList(ref, clients, total, time(f, Field.TIMESTAMP));
  }

  private static ServerFrame system(Fields f) {
    String role = f.text(Field.ROLE);
    return new ServerFrame.SystemEvent(
        f.requiredText(Field.EVENT),
        f.requiredText(Field.NAME),
        role == null ? null : role(role),
        f.text(Field.ROOM),
        f.requiredText(Field.MESSAGE),
        time(f, Field.TIMESTAMP));
  }

  private static ServerFrame broadcast(Fields f, @Nullable RawJson ref) {
    return new ServerFrame.Broadcast(
        ref,
        f.requiredText(Field.SENDER),
        f.requiredText(Field.ROOM),
        message(f),
        count(f, Field.SEQ),
        time(f, Field.TIMESTAMP));
  }

  private static ServerFrame direct(Fields f) {
    return new ServerFrame.Direct(
        f.requiredText(Field.SENDER),
        f.requiredText(Field.TARGET),
        message(f),
        count(f, Field.SEQ),
        time(f, Field.TIMESTAMP));
  }

  private static ServerFrame delivered(Fields f, @Nullable RawJson ref) {
    return new ServerFrame.Delivered(
        ref,
        f.text(Field.ROOM),
        f.integer(Field.SEQ, 0, Long.MAX_VALUE),
        f.flag(Field.DUPLICATE, false));
  }

  private static ServerFrame joined(Fields f, @Nullable RawJson ref) {
    List<String> members = f.texts(Field.MEMBERS);
    return new ServerFrame.Joined(
        ref,
        f.requiredText(Field.ROOM),
        count(f, Field.SEQ),
        f.required(Field.MEMBERS, members, List.of()));
  }

  private static ServerFrame history(Fields f, @Nullable RawJson ref) {
    return new ServerFrame.History(
        ref,
        f.requiredText(Field.ROOM),
        f.objects(Field.MESSAGES, ServerFrameDecoder::historyMessage));
  }

  private static ServerFrame.HistoryMessage historyMessage(Fields e) {
    return new ServerFrame.HistoryMessage(
        e.requiredText(Field.SENDER), message(e), count(e, Field.SEQ), time(e, Field.TIMESTAMP));
  }

  /** What a later protocol finds, and is not known here, is left out. */
  private static ServerFrame found(Fields f, @Nullable RawJson ref) {
    return new ServerFrame.Found(
        ref,
        f.objects(Field.FOUND, ServerFrameDecoder::archived).stream()
            .flatMap(Optional::stream)
            .toList(),
        f.text(Field.NEXT),
        f.objects(
            Field.GAPS,
            e ->
                new Archived.Gap(
                    time(e, Field.SINCE), time(e, Field.UNTIL), e.requiredText(Field.REASON))));
  }

  private static Optional<Archived> archived(Fields e) {
    return switch (e.requiredText(Field.KIND)) {
      case "message" ->
          Optional.of(
              new Archived.Message(
                  e.requiredText(Field.SENDER),
                  e.text(Field.ROOM),
                  e.text(Field.TARGET),
                  message(e),
                  count(e, Field.SEQ),
                  time(e, Field.TIMESTAMP)));
      case "task" -> {
        List<String> omitted = e.texts(Field.OMITTED);
        yield Optional.of(
            new Archived.Task(
                taskId(e),
                e.requiredText(Field.STATE),
                e.requiredText(Field.OPERATION),
                e.requiredText(Field.SUBMITTER),
                e.text(Field.WORKER),
                attempt(e),
                time(e, Field.ACCEPTED_AT),
                e.integer(Field.STARTED_AT, 0, Long.MAX_VALUE),
                time(e, Field.FINISHED_AT),
                e.raw(Field.PARAMS),
                e.raw(Field.RESULT),
                e.rawUnlessNull(Field.ERROR),
                omitted == null ? List.of() : omitted));
      }
      default -> Optional.empty();
    };
  }

  private static ServerFrame accepted(Fields f, @Nullable RawJson ref) {
    return new ServerFrame.Accepted(
        ref,
        taskId(f),
        f.requiredText(Field.STATE),
        f.flag(Field.DUPLICATE, false),
        f.text(Field.WAITING_FOR));
  }

  private static ServerFrame task(Fields f) {
    return new ServerFrame.Task(
        taskId(f),
        attempt(f),
        f.requiredText(Field.OPERATION),
        f.required(Field.PARAMS, f.raw(Field.PARAMS), RawJson.EMPTY_OBJECT),
        f.requiredText(Field.SUBMITTER),
        f.requiredInteger(Field.TIMEOUT_MS, 0, Long.MAX_VALUE),
        f.text(Field.TRACEPARENT));
  }

  private static ServerFrame result(Fields f) {
    return new ServerFrame.Result(
        taskId(f),
        f.requiredText(Field.STATE),
        f.raw(Field.RESULT),
        f.rawUnlessNull(Field.ERROR),
        f.text(Field.WORKER),
        attempt(f),
        count(f, Field.QUEUED_MS),
        count(f, Field.RUN_MS));
  }

  private static ServerFrame progress(Fields f) {
    return new ServerFrame.Progress(
        taskId(f),
        attempt(f),
        f.rawUnlessNull(Field.PERCENT),
        f.rawText(Field.MESSAGE, 0, Integer.MAX_VALUE),
        f.text(Field.WORKER));
  }

  private static ServerFrame taskList(Fields f, @Nullable RawJson ref) {
    return new ServerFrame.TaskList(
        ref, f.objects(Field.TASKS, ServerFrameDecoder::taskView), f.flag(Field.MORE, false));
  }

  private static ServerFrame.TaskView taskView(Fields f) {
    return new ServerFrame.TaskView(
        taskId(f),
        f.requiredText(Field.STATE),
        f.requiredText(Field.OPERATION),
        f.requiredText(Field.SUBMITTER),
        f.text(Field.WORKER),
        attempt(f),
        (int) f.requiredInteger(Field.MAX_ATTEMPTS, 0, Integer.MAX_VALUE),
        (int) f.requiredInteger(Field.PRIORITY, 0, Integer.MAX_VALUE),
        time(f, Field.ACCEPTED_AT),
        f.integer(Field.RUN_AT, 0, Long.MAX_VALUE),
        f.integer(Field.STARTED_AT, 0, Long.MAX_VALUE),
        f.integer(Field.FINISHED_AT, 0, Long.MAX_VALUE),
        f.text(Field.WAITING_FOR),
        f.raw(Field.RESULT),
        f.rawUnlessNull(Field.ERROR));
  }

  private static @Nullable Explanation explanation(Fields f) {
    RawJson params = f.raw(Field.PARAMS);
    if (params == null) {
      return null;
    }
    Fields why = f.object(Field.WHY);
    return new Explanation(
        params,
        f.integer(Field.EXPIRES_AT, 0, Long.MAX_VALUE),
        why == null
            ? null
            : new Explanation.Why(
                why.requiredText(Field.CODE),
                why.requiredText(Field.MESSAGE),
                why.integer(Field.POSITION, 0, Long.MAX_VALUE),
                why.integer(Field.AT, 0, Long.MAX_VALUE)));
  }

  private static ServerFrame.WorkerView workerView(Fields e) {
    List<String> operations = e.texts(Field.OPERATIONS);
    return new ServerFrame.WorkerView(
        e.requiredText(Field.NAME),
        e.required(Field.OPERATIONS, operations, List.of()),
        (int) e.requiredInteger(Field.SLOTS, 0, Integer.MAX_VALUE),
        (int) e.requiredInteger(Field.BUSY, 0, Integer.MAX_VALUE),
        count(e, Field.DONE),
        count(e, Field.FAILED),
        e.flag(Field.DRAINING, false),
        e.requiredText(Field.NODE));
  }

  private static ServerFrame error(Fields f, @Nullable RawJson ref) {
    return new ServerFrame.Error(
        ref,
        ErrorCode.fromWire(f.requiredText(Field.CODE)).orElse(ErrorCode.INTERNAL),
        f.requiredText(Field.MESSAGE),
        f.text(Field.FIELD),
        f.integer(Field.POSITION, 0, Long.MAX_VALUE),
        f.integer(Field.RETRY_AFTER_MS, 0, Long.MAX_VALUE),
        f.text(Field.TASK));
  }

  private static Role role(String wireName) {
    return Role.fromWire(wireName).orElse(Role.CLIENT);
  }

  private static RawJson message(Fields f) {
    return f.required(
        Field.MESSAGE, f.rawText(Field.MESSAGE, 0, Integer.MAX_VALUE), RawJson.EMPTY_OBJECT);
  }

  private static String taskId(Fields f) {
    return f.requiredText(Field.TASK);
  }

  private static int attempt(Fields f) {
    return (int) f.requiredInteger(Field.ATTEMPT, 0, Integer.MAX_VALUE);
  }

  private static long count(Fields f, Field field) {
    return f.requiredInteger(field, 0, Long.MAX_VALUE);
  }

  private static long time(Fields f, Field field) {
    return f.requiredInteger(field, 0, Long.MAX_VALUE);
  }
}
