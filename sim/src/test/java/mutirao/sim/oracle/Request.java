package mutirao.sim.oracle;

import java.util.List;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.RawJson;
import org.jspecify.annotations.Nullable;

/**
 * One thing a client asked, and what may be the answer.
 *
 * @param expected the only error codes that may answer it; empty where any may, or none
 * @param early it was asked before the client knew itself registered
 * @param step when it was asked
 */
record Request(ClientFrame frame, List<ErrorCode> expected, boolean early, long step) {

  @Nullable RawJson ref() {
    return frame.ref();
  }

  /** Whether an answer must come. */
  boolean answered(boolean confirms) {
    return switch (frame) {
      case ClientFrame.Done _, ClientFrame.Failed _ -> confirms || !expected.isEmpty();
      case ClientFrame.Progress _ -> !expected.isEmpty();
      case ClientFrame.Pong _ -> false;
      case ClientFrame.Broadcast _, ClientFrame.Direct _ -> frame.ref() != null;
      default -> true;
    };
  }

  /** The types of frame that answer it, apart from {@code error}. */
  List<String> answers() {
    return switch (frame) {
      case ClientFrame.Register _ -> List.of("registered");
      case ClientFrame.Broadcast _ -> List.of("broadcast", "delivered");
      case ClientFrame.Direct _ -> List.of("delivered");
      case ClientFrame.Status _ -> List.of("client_list");
      case ClientFrame.Join _ -> List.of("joined");
      case ClientFrame.Leave _ -> List.of("left");
      case ClientFrame.History _ -> List.of("history");
      case ClientFrame.Search _ -> List.of("found");
      case ClientFrame.Submit _ -> List.of("accepted");
      case ClientFrame.Done _, ClientFrame.Failed _ -> List.of("recorded");
      case ClientFrame.Progress _, ClientFrame.Pong _ -> List.of();
      case ClientFrame.Drain _ -> List.of("draining");
      case ClientFrame.Cancel _ -> List.of("cancelled");
      case ClientFrame.Query _ -> List.of("task_state");
      case ClientFrame.Cluster _ -> List.of("cluster_state");
      case ClientFrame.Account _ -> List.of("accounts");
      case ClientFrame.Backup _ -> List.of("backup_part");
      case ClientFrame.Workers _ -> List.of("worker_list");
      case ClientFrame.Tasks _ -> List.of("task_list");
      case ClientFrame.Ping _ -> List.of("pong");
      case ClientFrame.Quit _ -> List.of("bye");
    };
  }
}
