package mutirao.raft.codec;

import mutirao.core.Origin;
import mutirao.core.Settings;
import mutirao.core.session.SessionRole;
import mutirao.core.task.TaskState;

/** Small values as bytes. A number once given to a word stays its own for ever. */
final class Words {
  private Words() {}

  static int code(SessionRole role) {
    return switch (role) {
      case CLIENT -> 1;
      case WORKER -> 2;
      case TASK_CLIENT -> 3;
      case OBSERVER -> 4;
    };
  }

  static SessionRole role(Decoder in) throws BadBytesException {
    int code = in.tag();
    return switch (code) {
      case 1 -> SessionRole.CLIENT;
      case 2 -> SessionRole.WORKER;
      case 3 -> SessionRole.TASK_CLIENT;
      case 4 -> SessionRole.OBSERVER;
      default -> throw new BadBytesException("no role: " + code);
    };
  }

  static int code(TaskState state) {
    return switch (state) {
      case SCHEDULED -> 1;
      case QUEUED -> 2;
      case RUNNING -> 3;
      case DONE -> 4;
      case FAILED -> 5;
      case CANCELLED -> 6;
      case EXPIRED -> 7;
    };
  }

  static TaskState taskState(Decoder in) throws BadBytesException {
    int code = in.tag();
    return switch (code) {
      case 1 -> TaskState.SCHEDULED;
      case 2 -> TaskState.QUEUED;
      case 3 -> TaskState.RUNNING;
      case 4 -> TaskState.DONE;
      case 5 -> TaskState.FAILED;
      case 6 -> TaskState.CANCELLED;
      case 7 -> TaskState.EXPIRED;
      default -> throw new BadBytesException("no state of a task: " + code);
    };
  }

  static void write(Encoder out, Origin origin) {
    out.text(origin.node()).number(origin.connection());
  }

  static Origin origin(Decoder in) throws BadBytesException {
    return new Origin(in.text(), in.number());
  }

  static void write(Encoder out, Settings settings) {
    out.number(settings.resumeWindowMs())
        .number(settings.maxTasks())
        .number(settings.maxPayloadBytes());
  }

  static Settings settings(Decoder in) throws BadBytesException {
    try {
      return new Settings(in.number(), in.smallNumber(), in.number());
    } catch (IllegalArgumentException e) {
      throw new BadBytesException("no settings: " + e.getMessage());
    }
  }
}
