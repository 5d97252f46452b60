package mutirao.raft.codec;

import mutirao.core.task.TaskSpec;

/** What a submitter asked for, as bytes. */
final class TaskSpecs {
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
        .flag(spec.quiet());
  }

  static TaskSpec read(Decoder in) throws BadBytesException {
    try {
      return new TaskSpec(
          in.text(),
          in.bytes(),
          in.optionalText(),
          in.flag(),
          in.optionalText(),
          in.smallNumber(),
          in.optionalNumber(),
          in.number(),
          in.number(),
          in.smallNumber(),
          in.number(),
          in.optionalNumber(),
          in.number(),
          in.flag());
    } catch (IllegalArgumentException e) {
      throw new BadBytesException("no task: " + e.getMessage());
    }
  }
}
