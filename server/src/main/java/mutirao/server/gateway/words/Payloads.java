package mutirao.server.gateway.words;

import java.util.List;
import mutirao.core.Command;

/** How much of a command is what somebody sent. */
public final class Payloads {
  private Payloads() {}

  /** Bytes, about; 0 where it is little in any case. */
  public static int bytes(Command command) {
    return switch (command) {
      case Command.SubmitTask submit -> submit.spec().params().length;
      case Command.CompleteTask complete -> complete.result().length;
      case Command.PostMessage post -> post.text().length;
      case Command.SendDirect send -> send.text().length;
      case Command.FailTask fail -> fail.error().length;
      case Command.OpenSession open -> textLength(open.operations());
      case Command.ResumeSession _,
          Command.DetachSession _,
          Command.CloseSession _,
          Command.JoinRoom _,
          Command.LeaveRoom _,
          Command.RenewTask _,
          Command.CancelTask _,
          Command.DrainWorker _,
          Command.ReportProgress _,
          Command.LoseNode _,
          Command.BeginTerm _,
          Command.OfAccount _,
          Command.AdvanceTime _ ->
          0;
    };
  }

  private static int textLength(List<String> texts) {
    return texts.stream().mapToInt(String::length).sum();
  }
}
