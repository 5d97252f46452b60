package mutirao.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameRulesTest {

  /** One row a frame type; who gets which code, {@code -} meaning that the frame is let through. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      useHeadersInDisplayName = true,
      textBlock =
          """
          frame     | unregistered   | client    | task_client | worker | observer
          register  | -              | -         | -           | -      | -
          ping      | -              | -         | -           | -      | -
          pong      | -              | -         | -           | -      | -
          quit      | -              | -         | -           | -      | -
          status    | not_registered | -         | -           | -      | -
          join      | not_registered | -         | -           | -      | -
          leave     | not_registered | -         | -           | -      | -
          history   | not_registered | -         | -           | -      | -
          query     | not_registered | -         | -           | -      | -
          workers   | not_registered | -         | -           | -      | -
          tasks     | not_registered | -         | -           | -      | -
          broadcast | not_registered | -         | -           | -      | forbidden
          direct    | not_registered | -         | -           | -      | forbidden
          submit    | not_registered | -         | -           | -      | forbidden
          cancel    | not_registered | -         | -           | -      | forbidden
          backup    | not_registered | -         | -           | -      | forbidden
          account   | not_registered | -         | -           | -      | forbidden
          done      | not_registered | forbidden | forbidden   | -      | forbidden
          failed    | not_registered | forbidden | forbidden   | -      | forbidden
          progress  | not_registered | forbidden | forbidden   | -      | forbidden
          drain     | not_registered | forbidden | forbidden   | -      | forbidden
          """)
  void whoMaySendWhat(
      String type,
      String unregistered,
      String client,
      String taskClient,
      String worker,
      String observer) {
    ClientFrame frame = frame(type);
    assertEquals(unregistered, code(null, frame));
    assertEquals(client, code(Role.CLIENT, frame));
    assertEquals(taskClient, code(Role.TASK_CLIENT, frame));
    assertEquals(worker, code(Role.WORKER, frame));
    assertEquals(observer, code(Role.OBSERVER, frame));
  }

  private static String code(@Nullable Role role, ClientFrame frame) {
    Problem problem = FrameRules.refusal(role, frame);
    if (problem == null) {
      return "-";
    }
    assertEquals(RawJson.of("7"), problem.ref());
    return problem.code().wireName();
  }

  private static ClientFrame frame(String type) {
    RawJson ref = RawJson.of("7");
    RawJson text = RawJson.of("\"x\"");
    List<ClientFrame> frames =
        List.of(
            new ClientFrame.Register(
                ref,
                "a",
                null,
                null,
                1,
                false,
                true,
                ClientFrame.Credentials.NONE,
                null,
                Map.of(),
                null),
            new ClientFrame.Broadcast(ref, "lobby", text, null),
            new ClientFrame.Direct(ref, "a", text, null),
            new ClientFrame.Status(ref),
            new ClientFrame.Join(ref, "a"),
            new ClientFrame.Leave(ref, "a"),
            new ClientFrame.History(ref, "a", 1, null),
            new ClientFrame.Search(
                ref, null, null, null, null, null, null, null, null, false, 1, null),
            new ClientFrame.Submit(
                ref, "a", text, null, false, null, 4, null, null, 1, 1, 1, null, 1, false, null),
            new ClientFrame.Done(ref, "a", 1, text),
            new ClientFrame.Failed(ref, "a", 1, text, true),
            new ClientFrame.Progress(ref, "a", 1, null, null),
            new ClientFrame.Drain(ref),
            new ClientFrame.Cancel(ref, "a"),
            new ClientFrame.Query(ref, "a"),
            new ClientFrame.Workers(ref),
            new ClientFrame.Cluster(ref, ClientFrame.ClusterAction.STATUS, null, null),
            new ClientFrame.Account(
                ref, ClientFrame.AccountAction.LIST, null, null, List.of(), null, null, null, null),
            new ClientFrame.Backup(ref, null),
            new ClientFrame.Tasks(ref, null, 1, null),
            new ClientFrame.Ping(ref),
            new ClientFrame.Pong(ref),
            new ClientFrame.Quit(ref));
    return frames.stream().filter(frame -> frame.type().equals(type)).findFirst().orElseThrow();
  }
}
