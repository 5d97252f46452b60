package mutirao.protocol.codec;

import mutirao.protocol.ClientFrame;
import mutirao.protocol.Limits;
import org.jspecify.annotations.Nullable;

/** Writes what clients send; what equals a default is left out. */
final class ClientFrameWriter {
  private static final byte[] REGISTER = ObjectWriter.opening("register");
  private static final byte[] BROADCAST = ObjectWriter.opening("broadcast");
  private static final byte[] DIRECT = ObjectWriter.opening("direct");
  private static final byte[] STATUS = ObjectWriter.opening("status");
  private static final byte[] JOIN = ObjectWriter.opening("join");
  private static final byte[] LEAVE = ObjectWriter.opening("leave");
  private static final byte[] HISTORY = ObjectWriter.opening("history");
  private static final byte[] SEARCH = ObjectWriter.opening("search");
  private static final byte[] SUBMIT = ObjectWriter.opening("submit");
  private static final byte[] DONE = ObjectWriter.opening("done");
  private static final byte[] FAILED = ObjectWriter.opening("failed");
  private static final byte[] PROGRESS = ObjectWriter.opening("progress");
  private static final byte[] DRAIN = ObjectWriter.opening("drain");
  private static final byte[] CANCEL = ObjectWriter.opening("cancel");
  private static final byte[] QUERY = ObjectWriter.opening("query");
  private static final byte[] WORKERS = ObjectWriter.opening("workers");
  private static final byte[] TASKS = ObjectWriter.opening("tasks");
  private static final byte[] CLUSTER = ObjectWriter.opening("cluster");
  private static final byte[] BACKUP = ObjectWriter.opening("backup");
  private static final byte[] ACCOUNT = ObjectWriter.opening("account");
  private static final byte[] PING = ObjectWriter.opening("ping");
  private static final byte[] PONG = ObjectWriter.opening("pong");
  private static final byte[] QUIT = ObjectWriter.opening("quit");

  private ClientFrameWriter() {}

  /** The frequent ones first: they are tried in this order. */
  static void write(ClientFrame frame, ObjectWriter out) {
    switch (frame) {
      case ClientFrame.Submit f -> submit(f, out);
      case ClientFrame.Done f -> done(f, out);
      case ClientFrame.Failed f -> failed(f, out);
      case ClientFrame.Progress f -> progress(f, out);
      case ClientFrame.Broadcast f -> broadcast(f, out);
      case ClientFrame.Direct f -> direct(f, out);
      case ClientFrame.Register f -> register(f, out);
      case ClientFrame.Status f -> out.begin(STATUS, f.ref());
      case ClientFrame.Join f -> out.begin(JOIN, f.ref()).text(Field.ROOM, f.room());
      case ClientFrame.Leave f -> out.begin(LEAVE, f.ref()).text(Field.ROOM, f.room());
      case ClientFrame.History f -> history(f, out);
      case ClientFrame.Search f -> search(f, out);
      case ClientFrame.Drain f -> out.begin(DRAIN, f.ref());
      case ClientFrame.Cancel f -> out.begin(CANCEL, f.ref()).text(Field.TASK, f.task());
      case ClientFrame.Query f ->
          out.begin(QUERY, f.ref())
              .text(Field.TASK, f.task())
              .flagUnless(Field.ANY, false, f.any())
              .flagUnless(Field.EXPLAIN, false, f.explain());
      case ClientFrame.Workers f -> out.begin(WORKERS, f.ref());
      case ClientFrame.Tasks f -> tasks(f, out);
      case ClientFrame.Cluster f ->
          out.begin(CLUSTER, f.ref())
              .text(
                  Field.ACTION,
                  f.action() == ClientFrame.ClusterAction.STATUS ? null : f.action().wireName())
              .text(Field.NODE, f.node())
              .text(Field.ADDRESS, f.address());
      case ClientFrame.Backup f -> out.begin(BACKUP, f.ref()).optional(Field.OFFSET, f.offset());
      case ClientFrame.Account f -> AccountFields.write(out.begin(ACCOUNT, f.ref()), f);
      case ClientFrame.Ping f -> out.begin(PING, f.ref());
      case ClientFrame.Pong f -> out.begin(PONG, f.ref());
      case ClientFrame.Quit f -> out.begin(QUIT, f.ref());
    }
    out.end();
  }

  private static void register(ClientFrame.Register f, ObjectWriter out) {
    out.begin(REGISTER, f.ref())
        .text(Field.NAME, f.name())
        .text(Field.ROLE, f.role() == null ? null : f.role().wireName())
        .value(Field.OPERATIONS, f.operations())
        .unless(Field.SLOTS, 1, f.slots())
        .flagUnless(Field.CONFIRM, false, f.confirm())
        .flagUnless(Field.PRESENCE, true, f.presence())
        .text(Field.TOKEN, f.credentials().token())
        .text(Field.USERNAME, f.credentials().username())
        .text(Field.PASSWORD, f.credentials().password())
        .text(Field.RESUME, f.resume())
        .value(Field.SEEN, f.seen().isEmpty() ? null : f.seen())
        .text(Field.LANG, f.lang());
  }

  private static void broadcast(ClientFrame.Broadcast f, ObjectWriter out) {
    out.begin(BROADCAST, f.ref())
        .text(Field.ROOM, unlessDefault(f.room()))
        .raw(Field.MESSAGE, f.message())
        .text(Field.KEY, f.key());
  }

  private static void direct(ClientFrame.Direct f, ObjectWriter out) {
    out.begin(DIRECT, f.ref())
        .text(Field.TARGET, f.target())
        .raw(Field.MESSAGE, f.message())
        .text(Field.KEY, f.key());
  }

  private static void history(ClientFrame.History f, ObjectWriter out) {
    out.begin(HISTORY, f.ref())
        .text(Field.ROOM, f.room())
        .unless(Field.LIMIT, Limits.DEFAULT_PAGE, f.limit())
        .optional(Field.BEFORE_SEQ, f.beforeSeq());
  }

  private static void search(ClientFrame.Search f, ObjectWriter out) {
    out.begin(SEARCH, f.ref())
        .text(Field.WORDS, f.words())
        .text(Field.KIND, f.kind())
        .text(Field.ROOM, f.room())
        .text(Field.TASK, f.task())
        .text(Field.OPERATION, f.operation())
        .text(Field.BY, f.by())
        .optional(Field.SINCE, f.since())
        .optional(Field.UNTIL, f.until())
        .flagUnless(Field.ANY, false, f.any())
        .unless(Field.LIMIT, Limits.DEFAULT_PAGE, f.limit())
        .text(Field.CURSOR, f.cursor());
  }

  private static void submit(ClientFrame.Submit f, ObjectWriter out) {
    out.begin(SUBMIT, f.ref())
        .text(Field.OPERATION, f.operation())
        .raw(Field.PARAMS, f.params())
        .text(Field.WORKER, f.worker())
        .flagUnless(Field.FALLBACK, false, f.fallback())
        .text(Field.KEY, f.key())
        .unless(Field.PRIORITY, Limits.DEFAULT_PRIORITY, f.priority())
        .optional(Field.DELAY_MS, f.delayMs())
        .optional(Field.RUN_AT, f.runAt())
        .unless(Field.TIMEOUT_MS, Limits.DEFAULT_TIMEOUT_MS, f.timeoutMs())
        .unless(Field.MAX_ATTEMPTS, Limits.DEFAULT_MAX_ATTEMPTS, f.maxAttempts())
        .unless(Field.BACKOFF_MS, Limits.DEFAULT_BACKOFF_MS, f.backoffMs())
        .optional(Field.EXPIRES_MS, f.expiresMs())
        .unless(Field.KEEP_MS, Limits.DEFAULT_KEEP_MS, f.keepMs())
        .flagUnless(Field.QUIET, false, f.quiet())
        .text(Field.TRACEPARENT, f.traceparent());
  }

  private static void done(ClientFrame.Done f, ObjectWriter out) {
    out.begin(DONE, f.ref())
        .text(Field.TASK, f.task())
        .number(Field.ATTEMPT, f.attempt())
        .raw(Field.RESULT, f.result());
  }

  private static void failed(ClientFrame.Failed f, ObjectWriter out) {
    out.begin(FAILED, f.ref())
        .text(Field.TASK, f.task())
        .number(Field.ATTEMPT, f.attempt())
        .raw(Field.ERROR, f.error())
        .flagUnless(Field.RETRY, true, f.retry());
  }

  private static void progress(ClientFrame.Progress f, ObjectWriter out) {
    out.begin(PROGRESS, f.ref())
        .text(Field.TASK, f.task())
        .number(Field.ATTEMPT, f.attempt())
        .raw(Field.PERCENT, f.percent())
        .raw(Field.MESSAGE, f.message());
  }

  private static void tasks(ClientFrame.Tasks f, ObjectWriter out) {
    out.begin(TASKS, f.ref())
        .text(Field.STATE, f.state())
        .unless(Field.LIMIT, Limits.DEFAULT_PAGE, f.limit())
        .text(Field.BEFORE, f.before());
  }

  private static @Nullable String unlessDefault(String room) {
    return room.equals(Limits.DEFAULT_ROOM) ? null : room;
  }
}
