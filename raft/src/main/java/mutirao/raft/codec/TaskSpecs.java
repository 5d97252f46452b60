package mutirao.raft.codec;

import mutirao.core.task.TaskSpec;

/** What a submitter asked for, as bytes. */
final class TaskSpecs {
  // Bits of the last byte; it was a truth once, and a spec without the others is written as ever.
  private static final int QUIET = 1;
  private static final int TRACED = 2;
  private static final int SHARED_KEY = 4;

  private TaskSpecs() {}

  static void write(Encoder out, TaskSpec spec) {
    out.text(spec.operation())
        .bytes(spec.params())
        .optionalText(spec.worker())
        .flag(spec.fallback())
        .optionalText(spec.key())
        .number(spec.priority())
        .optionalNumber(spec.runAtMs())
        .number(spec.delayMs())
        .number(spec.timeoutMs())
        .number(spec.maxAttempts())
        .number(spec.backoffMs())
        .optionalNumber(spec.expiresMs())
        .number(spec.keepMs())
        .tag(
            (spec.quiet() ? QUIET : 0)
                | (spec.traceparent() == null ? 0 : TRACED)
                | (spec.sharedKey() ? SHARED_KEY : 0));
    if (spec.traceparent() != null) {
      out.text(spec.traceparent());
    }
  }

  static TaskSpec read(Decoder in) throws BadBytesException {
    String operation = in.text();
    byte[] params = in.bytes();
    String worker = in.optionalText();
    boolean fallback = in.flag();
    String key = in.optionalText();
    int priority = in.smallNumber();
    Long runAtMs = in.optionalNumber();
    long delayMs = in.number();
    long timeoutMs = in.number();
    int maxAttempts = in.smallNumber();
    long backoffMs = in.number();
    Long expiresMs = in.optionalNumber();
    long keepMs = in.number();
    int bits = in.tag();
    if (bits > (QUIET | TRACED | SHARED_KEY)) {
      throw new BadBytesException("no task: its last byte is " + bits);
    }
    try {
      return new TaskSpec(
          operation,
          params,
          worker,
          fallback,
          key,
          (bits & SHARED_KEY) != 0,
          priority,
          runAtMs,
          delayMs,
          timeoutMs,
          maxAttempts,
          backoffMs,
          expiresMs,
          keepMs,
          (bits & QUIET) != 0,
          (bits & TRACED) != 0 ? in.text() : null);
    } catch (IllegalArgumentException e) {
      throw new BadBytesException("no task: " + e.getMessage());
    }
  }
}
