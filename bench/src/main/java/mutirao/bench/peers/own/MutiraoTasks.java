package mutirao.bench.peers.own;

import mutirao.bench.peer.Events;
import mutirao.bench.peer.Payload;
import mutirao.bench.peer.Speaker;
import mutirao.bench.wire.Bytes;
import mutirao.bench.wire.Connection;

/** Submitter and worker in our own protocol. */
final class MutiraoTasks {
  private static final String OPERATION = "uppercase";
  private static final byte[] TASK_KEY = MutiraoSpeaker.utf8("\"task\":\"");

  private MutiraoTasks() {}

  /** Hands in tasks, and pairs {@code accepted} and {@code result} by the task's id. */
  static final class Submitter extends MutiraoSpeaker implements Speaker.Submitter {
    private static final byte[] ACCEPTED = utf8("accepted\"");
    private static final byte[] RESULT = utf8("result\"");
    private static final byte[] DONE = utf8("\"state\":\"done\"");
    private static final byte[] RESULT_KEY = utf8("\"result\":\"");
    private static final byte[] REF_KEY = utf8("\"ref\":");

    /** A leading 1 keeps the number's width constant. */
    private static final long REF_BASE = 10_000_000_000L;

    private static final int REF_DIGITS = 11;
    private static final byte[] BEFORE_REF = utf8("{\"type\":\"submit\",\"ref\":");
    private static final byte[] BEFORE_TEXT =
        utf8(",\"operation\":\"" + OPERATION + "\",\"params\":{\"text\":\"");
    private static final byte[] AFTER_TEXT = utf8("\"},\"keep_ms\":0}\n");

    private static final int REF_AT = BEFORE_REF.length;
    private static final int TEXT_AT = REF_AT + REF_DIGITS + BEFORE_TEXT.length;
    private static final int LENGTH = TEXT_AT + Payload.LENGTH + AFTER_TEXT.length;

    private final int id;
    private final Events.Tasks events;
    private final byte[] template = new byte[LENGTH];

    Submitter(int id, Caller caller, String session, Events.Tasks events) {
      super(caller, session + "-s" + id, ",\"role\":\"task_client\"", events);
      this.id = id;
      this.events = events;
      System.arraycopy(BEFORE_REF, 0, template, 0, BEFORE_REF.length);
      System.arraycopy(BEFORE_TEXT, 0, template, REF_AT + REF_DIGITS, BEFORE_TEXT.length);
      System.arraycopy(AFTER_TEXT, 0, template, TEXT_AT + Payload.LENGTH, AFTER_TEXT.length);
    }

    @Override
    public void submit(Connection connection, long sequence) {
      int at = connection.reserve(LENGTH);
      byte[] out = connection.out();
      System.arraycopy(template, 0, out, at, LENGTH);
      Bytes.putDigits(out, at + REF_AT, REF_DIGITS, REF_BASE + sequence);
      Payload.write(out, at + TEXT_AT, id, sequence);
      connection.commit(LENGTH);
    }

    @Override
    boolean work(Connection connection, byte[] bytes, int from, int to, int type) {
      if (Bytes.startsWith(bytes, type, to, ACCEPTED)) {
        accepted(bytes, from, to);
        return true;
      }
      if (Bytes.startsWith(bytes, type, to, RESULT)) {
        result(bytes, from, to);
        return true;
      }
      return false;
    }

    private void accepted(byte[] bytes, int from, int to) {
      int ref = Bytes.after(bytes, from, to, REF_KEY);
      int task = Bytes.after(bytes, from, to, TASK_KEY);
      if (ref < 0 || task < 0 || to - ref < REF_DIGITS) {
        events.failed("accepted without ref or task: " + text(bytes, from, to));
        return;
      }
      long sequence = Bytes.digits(bytes, ref, REF_DIGITS) - REF_BASE;
      events.accepted(id, sequence, taskId(bytes, task, to));
    }

    private void result(byte[] bytes, int from, int to) {
      int task = Bytes.after(bytes, from, to, TASK_KEY);
      int result = Bytes.after(bytes, from, to, RESULT_KEY);
      if (task < 0 || result < 0 || Bytes.after(bytes, from, to, DONE) < 0) {
        events.failed("result of a task that is not done: " + text(bytes, from, to));
        return;
      }
      int end = Bytes.indexOf(bytes, result, to, (byte) '"');
      events.result(id, bytes, result, Math.max(end, result), taskId(bytes, task, to));
    }

    private static long taskId(byte[] bytes, int task, int to) {
      return Bytes.hash(bytes, task, Bytes.indexOf(bytes, task, to, (byte) '"'));
    }
  }

  /** Upper-cases texts and answers {@code done}. */
  static final class Worker extends MutiraoSpeaker {
    private static final byte[] TASK = utf8("task\"");
    private static final byte[] ATTEMPT_KEY = utf8("\"attempt\":");
    private static final byte[] TEXT_KEY = utf8("\"text\":\"");
    private static final byte[] BEFORE_TASK = utf8("{\"type\":\"done\",\"task\":\"");
    private static final byte[] BEFORE_ATTEMPT = utf8("\",\"attempt\":");
    private static final byte[] BEFORE_RESULT = utf8(",\"result\":\"");
    private static final byte[] AFTER_RESULT = utf8("\"}\n");

    private static final byte[] RECORDED = utf8("recorded\"");

    private final Events events;

    /**
     * A worker.
     *
     * @param confirm true: each {@code done} is answered with {@code recorded}
     */
    Worker(int id, int slots, Caller caller, String session, boolean confirm, Events events) {
      super(caller, session + "-w" + id, fields(slots, confirm), events);
      this.events = events;
    }

    private static String fields(int slots, boolean confirm) {
      String worker = ",\"role\":\"worker\",\"operations\":[\"" + OPERATION + "\"]";
      return worker + ",\"slots\":" + slots + ",\"confirm\":" + confirm;
    }

    @Override
    boolean work(Connection connection, byte[] bytes, int from, int to, int type) {
      if (!Bytes.startsWith(bytes, type, to, TASK)) {
        return Bytes.startsWith(bytes, type, to, RECORDED);
      }
      int task = Bytes.after(bytes, from, to, TASK_KEY);
      int attempt = Bytes.after(bytes, from, to, ATTEMPT_KEY);
      int text = Bytes.after(bytes, from, to, TEXT_KEY);
      if (task < 0 || attempt < 0 || text < 0 || to - text < Payload.LENGTH) {
        events.failed("a task that makes no sense: " + text(bytes, from, to));
        return true;
      }
      int taskEnd = Bytes.indexOf(bytes, task, to, (byte) '"');
      int attemptEnd = attempt;
      while (bytes[attemptEnd] >= '0' && bytes[attemptEnd] <= '9') {
        attemptEnd++;
      }
      done(connection, bytes, task, taskEnd - task, attempt, attemptEnd - attempt, text);
      return true;
    }

    private static void done(
        Connection connection,
        byte[] bytes,
        int task,
        int taskLength,
        int attempt,
        int attemptLength,
        int text) {
      connection.write(BEFORE_TASK);
      connection.write(bytes, task, taskLength);
      connection.write(BEFORE_ATTEMPT);
      connection.write(bytes, attempt, attemptLength);
      connection.write(BEFORE_RESULT);
      int at = connection.reserve(Payload.LENGTH);
      Payload.answer(bytes, text, connection.out(), at);
      connection.commit(Payload.LENGTH);
      connection.write(AFTER_RESULT);
    }
  }
}
