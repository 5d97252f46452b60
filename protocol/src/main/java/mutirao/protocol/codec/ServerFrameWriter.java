package mutirao.protocol.codec;

import mutirao.protocol.Archived;
import mutirao.protocol.Limits;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.ServerView;
import mutirao.protocol.view.Explanation;

/** Writes what servers send. */
final class ServerFrameWriter {
  private static final byte[] REGISTERED = ObjectWriter.opening("registered");
  private static final byte[] CLIENT_LIST = ObjectWriter.opening("client_list");
  private static final byte[] SYSTEM = ObjectWriter.opening("system");
  private static final byte[] BROADCAST = ObjectWriter.opening("broadcast");
  private static final byte[] DIRECT = ObjectWriter.opening("direct");
  private static final byte[] DELIVERED = ObjectWriter.opening("delivered");
  private static final byte[] JOINED = ObjectWriter.opening("joined");
  private static final byte[] LEFT = ObjectWriter.opening("left");
  private static final byte[] HISTORY = ObjectWriter.opening("history");
  private static final byte[] FOUND = ObjectWriter.opening("found");
  private static final byte[] GAP = ObjectWriter.opening("gap");
  private static final byte[] ACCEPTED = ObjectWriter.opening("accepted");
  private static final byte[] TASK = ObjectWriter.opening("task");
  private static final byte[] RESULT = ObjectWriter.opening("result");
  private static final byte[] PROGRESS = ObjectWriter.opening("progress");
  private static final byte[] RECORDED = ObjectWriter.opening("recorded");
  private static final byte[] CANCEL = ObjectWriter.opening("cancel");
  private static final byte[] CANCELLED = ObjectWriter.opening("cancelled");
  private static final byte[] DRAINING = ObjectWriter.opening("draining");
  private static final byte[] TASK_STATE = ObjectWriter.opening("task_state");
  private static final byte[] TASK_LIST = ObjectWriter.opening("task_list");
  private static final byte[] WORKER_LIST = ObjectWriter.opening("worker_list");
  private static final byte[] CLUSTER_STATE = ObjectWriter.opening("cluster_state");
  private static final byte[] BACKUP_PART = ObjectWriter.opening("backup_part");
  private static final byte[] ACCOUNTS = ObjectWriter.opening("accounts");
  private static final byte[] PONG = ObjectWriter.opening("pong");
  private static final byte[] PING = ObjectWriter.opening("ping");
  private static final byte[] BYE = ObjectWriter.opening("bye");
  private static final byte[] ERROR = ObjectWriter.opening("error");

  private ServerFrameWriter() {}

  /** The frequent ones first: they are tried in this order. */
  static void write(ServerFrame frame, ObjectWriter out) {
    switch (frame) {
      case ServerFrame.Result f -> result(f, out);
      case ServerFrame.Task f -> task(f, out);
      case ServerFrame.Accepted f -> accepted(f, out);
      case ServerFrame.Recorded f ->
          out.begin(RECORDED, f.ref())
              .text(Field.TASK, f.task())
              .number(Field.ATTEMPT, f.attempt());
      case ServerFrame.Broadcast f -> broadcast(f, out);
      case ServerFrame.Direct f -> direct(f, out);
      case ServerFrame.Delivered f -> delivered(f, out);
      case ServerFrame.Progress f -> progress(f, out);
      case ServerFrame.SystemEvent f -> system(f, out);
      case ServerFrame.Error f -> error(f, out);
      case ServerFrame.Pong f -> out.begin(PONG, f.ref()).number(Field.TIMESTAMP, f.timestamp());
      case ServerFrame.Ping f -> out.begin(PING, null).number(Field.TIMESTAMP, f.timestamp());
      case ServerFrame.Registered f -> registered(f, out);
      case ServerFrame.ClientList f -> clientList(f, out);
      case ServerFrame.Joined f -> joined(f, out);
      case ServerFrame.Left f -> out.begin(LEFT, f.ref()).text(Field.ROOM, f.room());
      case ServerFrame.History f -> history(f, out);
      case ServerFrame.Found f ->
          out.begin(FOUND, f.ref())
              .objects(Field.FOUND, f.found(), ServerFrameWriter::archived)
              .text(Field.NEXT, f.next())
              .objects(Field.GAPS, f.gaps(), ServerFrameWriter::archiveGap);
      case ServerFrame.Gap f -> gap(f, out);
      case ServerFrame.Cancel f ->
          out.begin(CANCEL, null).text(Field.TASK, f.task()).number(Field.ATTEMPT, f.attempt());
      case ServerFrame.Cancelled f -> out.begin(CANCELLED, f.ref()).text(Field.TASK, f.task());
      case ServerFrame.Draining f ->
          out.begin(DRAINING, f.ref()).number(Field.RUNNING, f.running());
      case ServerFrame.TaskState f -> taskState(out.begin(TASK_STATE, f.ref()), f);
      case ServerFrame.TaskList f -> taskList(f, out);
      case ServerFrame.WorkerList f ->
          out.begin(WORKER_LIST, f.ref())
              .objects(Field.WORKERS, f.workers(), ServerFrameWriter::workerView);
      case ServerFrame.ClusterState f ->
          out.begin(CLUSTER_STATE, f.ref())
              .text(Field.NODE, f.node())
              .text(Field.LEADER, f.leader())
              .number(Field.TERM, f.term())
              .objects(Field.SERVERS, f.servers(), ServerFrameWriter::server);
      case ServerFrame.BackupPart f ->
          out.begin(BACKUP_PART, f.ref())
              .text(Field.NODE, f.node())
              .number(Field.POSITION, f.position())
              .number(Field.TIMESTAMP, f.timestamp())
              .number(Field.SIZE, f.size())
              .number(Field.OFFSET, f.offset())
              .text(Field.DATA, f.data());
      case ServerFrame.Accounts f -> AccountFields.write(out.begin(ACCOUNTS, f.ref()), f.list());
      case ServerFrame.Bye f -> out.begin(BYE, f.ref()).text(Field.REASON, f.reason());
    }
    out.end();
  }

  private static void server(ObjectWriter out, ServerView server) {
    out.text(Field.NODE, server.node())
        .text(Field.ADDRESS, server.address())
        .number(Field.COMMITTED, server.committed())
        .optional(Field.SILENT_MS, server.silentMs());
  }

  private static void registered(ServerFrame.Registered f, ObjectWriter out) {
    out.begin(REGISTERED, f.ref())
        .text(Field.NAME, f.name())
        .text(Field.ROLE, f.role().wireName())
        .text(Field.SESSION, f.session())
        .text(Field.RESUME, f.resume())
        .text(Field.SERVER, f.server())
        .text(Field.NODE, f.node())
        .number(Field.PROTOCOL, Limits.PROTOCOL_VERSION)
        .number(Field.MAX_FRAME, f.maxFrame())
        .number(Field.HEARTBEAT_MS, f.heartbeatMs())
        .number(Field.RESUME_WINDOW_MS, f.resumeWindowMs())
        .value(Field.ROOMS, f.rooms())
        .flagUnless(Field.RESUMED, false, f.resumed());
  }

  private static void clientList(ServerFrame.ClientList f, ObjectWriter out) {
    out.begin(CLIENT_LIST, f.ref())
        .texts(Field.CLIENTS, f.clients(), ServerFrame.Presence::name)
        .objects(Field.DETAILS, f.clients(), ServerFrameWriter::presence)
        .unless(Field.TOTAL, f.clients().size(), f.total())
        .number(Field.TIMESTAMP, f.timestamp());
  }

  private static void presence(ObjectWriter out, ServerFrame.Presence peer) {
    out.text(Field.NAME, peer.name()).text(Field.ROLE, peer.role().wireName());
  }

  private static void system(ServerFrame.SystemEvent f, ObjectWriter out) {
    out.begin(SYSTEM, null)
        .text(Field.EVENT, f.event())
        .text(Field.NAME, f.name())
        .text(Field.ROLE, f.role() == null ? null : f.role().wireName())
        .text(Field.ROOM, f.room())
        .text(Field.MESSAGE, f.message())
        .number(Field.TIMESTAMP, f.timestamp());
  }

  private static void broadcast(ServerFrame.Broadcast f, ObjectWriter out) {
    out.begin(BROADCAST, f.ref())
        .text(Field.SENDER, f.sender())
        .text(Field.ROOM, f.room())
        .raw(Field.MESSAGE, f.message())
        .number(Field.SEQ, f.seq())
        .number(Field.TIMESTAMP, f.timestamp());
  }

  private static void direct(ServerFrame.Direct f, ObjectWriter out) {
    out.begin(DIRECT, null)
        .text(Field.SENDER, f.sender())
        .text(Field.TARGET, f.target())
        .raw(Field.MESSAGE, f.message())
        .number(Field.SEQ, f.seq())
        .number(Field.TIMESTAMP, f.timestamp());
  }

  private static void delivered(ServerFrame.Delivered f, ObjectWriter out) {
    out.begin(DELIVERED, f.ref())
        .text(Field.ROOM, f.room())
        .optional(Field.SEQ, f.seq())
        .flagUnless(Field.DUPLICATE, false, f.duplicate());
  }

  private static void joined(ServerFrame.Joined f, ObjectWriter out) {
    out.begin(JOINED, f.ref())
        .text(Field.ROOM, f.room())
        .number(Field.SEQ, f.seq())
        .texts(Field.MEMBERS, f.members(), member -> member);
  }

  private static void history(ServerFrame.History f, ObjectWriter out) {
    out.begin(HISTORY, f.ref())
        .text(Field.ROOM, f.room())
        .objects(Field.MESSAGES, f.messages(), ServerFrameWriter::historyMessage);
  }

  private static void historyMessage(ObjectWriter out, ServerFrame.HistoryMessage message) {
    out.text(Field.SENDER, message.sender())
        .raw(Field.MESSAGE, message.message())
        .number(Field.SEQ, message.seq())
        .number(Field.TIMESTAMP, message.timestamp());
  }

  static void archived(ObjectWriter out, Archived one) {
    out.text(Field.KIND, one.kind());
    switch (one) {
      case Archived.Message message ->
          out.text(Field.SENDER, message.sender())
              .text(Field.ROOM, message.room())
              .text(Field.TARGET, message.target())
              .raw(Field.MESSAGE, message.message())
              .number(Field.SEQ, message.seq())
              .number(Field.TIMESTAMP, message.timestamp());
      case Archived.Task task ->
          out.text(Field.TASK, task.task())
              .text(Field.STATE, task.state())
              .text(Field.OPERATION, task.operation())
              .text(Field.SUBMITTER, task.submitter())
              .text(Field.WORKER, task.worker())
              .number(Field.ATTEMPT, task.attempt())
              .number(Field.ACCEPTED_AT, task.acceptedAt())
              .optional(Field.STARTED_AT, task.startedAt())
              .number(Field.FINISHED_AT, task.finishedAt())
              .raw(Field.PARAMS, task.params())
              .raw(Field.RESULT, task.result())
              .raw(Field.ERROR, task.error())
              .value(Field.OMITTED, task.omitted().isEmpty() ? null : task.omitted());
    }
  }

  private static void archiveGap(ObjectWriter out, Archived.Gap gap) {
    out.number(Field.SINCE, gap.since())
        .number(Field.UNTIL, gap.until())
        .text(Field.REASON, gap.reason());
  }

  private static void gap(ServerFrame.Gap f, ObjectWriter out) {
    out.begin(GAP, null)
        .text(Field.ROOM, f.room())
        .number(Field.FROM_SEQ, f.fromSeq())
        .number(Field.TO_SEQ, f.toSeq());
  }

  private static void accepted(ServerFrame.Accepted f, ObjectWriter out) {
    out.begin(ACCEPTED, f.ref())
        .text(Field.TASK, f.task())
        .text(Field.STATE, f.state())
        .flagUnless(Field.DUPLICATE, false, f.duplicate())
        .text(Field.WAITING_FOR, f.waitingFor());
  }

  private static void task(ServerFrame.Task f, ObjectWriter out) {
    out.begin(TASK, null)
        .text(Field.TASK, f.task())
        .number(Field.ATTEMPT, f.attempt())
        .text(Field.OPERATION, f.operation())
        .raw(Field.PARAMS, f.params())
        .text(Field.SUBMITTER, f.submitter())
        .number(Field.TIMEOUT_MS, f.timeoutMs())
        .text(Field.TRACEPARENT, f.traceparent());
  }

  private static void result(ServerFrame.Result f, ObjectWriter out) {
    out.begin(RESULT, null)
        .text(Field.TASK, f.task())
        .text(Field.STATE, f.state())
        .raw(Field.RESULT, f.result())
        .raw(Field.ERROR, f.error())
        .text(Field.WORKER, f.worker())
        .number(Field.ATTEMPT, f.attempt())
        .number(Field.QUEUED_MS, f.queuedMs())
        .number(Field.RUN_MS, f.runMs());
  }

  private static void progress(ServerFrame.Progress f, ObjectWriter out) {
    out.begin(PROGRESS, null)
        .text(Field.TASK, f.task())
        .number(Field.ATTEMPT, f.attempt())
        .raw(Field.PERCENT, f.percent())
        .raw(Field.MESSAGE, f.message())
        .text(Field.WORKER, f.worker());
  }

  private static void taskState(ObjectWriter out, ServerFrame.TaskState f) {
    taskView(out, f.task());
    Explanation explanation = f.explanation();
    if (explanation != null) {
      out.raw(Field.PARAMS, explanation.params())
          .optional(Field.EXPIRES_AT, explanation.expiresAt())
          .object(Field.WHY, explanation.why(), ServerFrameWriter::why);
    }
  }

  private static void why(ObjectWriter out, Explanation.Why why) {
    out.text(Field.CODE, why.code())
        .text(Field.MESSAGE, why.message())
        .optional(Field.POSITION, why.position())
        .optional(Field.AT, why.at());
  }

  private static void taskList(ServerFrame.TaskList f, ObjectWriter out) {
    out.begin(TASK_LIST, f.ref())
        .objects(Field.TASKS, f.tasks(), ServerFrameWriter::taskView)
        .flag(Field.MORE, f.more());
  }

  private static void taskView(ObjectWriter out, ServerFrame.TaskView task) {
    out.text(Field.TASK, task.task())
        .text(Field.STATE, task.state())
        .text(Field.OPERATION, task.operation())
        .text(Field.SUBMITTER, task.submitter())
        .text(Field.WORKER, task.worker())
        .number(Field.ATTEMPT, task.attempt())
        .number(Field.MAX_ATTEMPTS, task.maxAttempts())
        .number(Field.PRIORITY, task.priority())
        .number(Field.ACCEPTED_AT, task.acceptedAt())
        .optional(Field.RUN_AT, task.runAt())
        .optional(Field.STARTED_AT, task.startedAt())
        .optional(Field.FINISHED_AT, task.finishedAt())
        .text(Field.WAITING_FOR, task.waitingFor())
        .raw(Field.RESULT, task.result())
        .raw(Field.ERROR, task.error());
  }

  private static void workerView(ObjectWriter out, ServerFrame.WorkerView worker) {
    out.text(Field.NAME, worker.name())
        .texts(Field.OPERATIONS, worker.operations(), operation -> operation)
        .number(Field.SLOTS, worker.slots())
        .number(Field.BUSY, worker.busy())
        .number(Field.DONE, worker.done())
        .number(Field.FAILED, worker.failed())
        .flag(Field.DRAINING, worker.draining())
        .text(Field.NODE, worker.node());
  }

  private static void error(ServerFrame.Error f, ObjectWriter out) {
    out.begin(ERROR, f.ref())
        .text(Field.CODE, f.code().wireName())
        .text(Field.MESSAGE, f.message())
        .text(Field.FIELD, f.field())
        .optional(Field.POSITION, f.position())
        .optional(Field.RETRY_AFTER_MS, f.retryAfterMs())
        .text(Field.TASK, f.task());
  }
}
