package mutirao.protocol.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mutirao.protocol.AccountRole;
import mutirao.protocol.Archived;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.Frame;
import mutirao.protocol.RawJson;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.ServerView;
import mutirao.protocol.view.AccountList;
import mutirao.protocol.view.UserView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The lines of the protocol document, byte for byte. */
final class WireExamplesTest {
  private static final RawJson ONE = RawJson.of("1");
  private static final RawJson NUMBERS = RawJson.of("{\"numbers\":[10,20,30,40]}");

  private static final ClientFrame REGISTER =
      new ClientFrame.Register(
          null,
          "ana",
          Role.CLIENT,
          null,
          1,
          false,
          true,
          ClientFrame.Credentials.NONE,
          null,
          Map.of(),
          null);

  static Stream<Arguments> clientLines() {
    return Stream.of(
        line("{\"type\":\"register\",\"name\":\"ana\",\"role\":\"client\"}", REGISTER),
        line(
            "{\"type\":\"broadcast\",\"message\":\"bom dia\"}",
            new ClientFrame.Broadcast(null, "lobby", RawJson.of("\"bom dia\""), null)),
        line(
            "{\"type\":\"direct\",\"target\":\"bruno\",\"message\":\"oi\"}",
            new ClientFrame.Direct(null, "bruno", RawJson.of("\"oi\""), null)),
        line("{\"type\":\"status\"}", new ClientFrame.Status(null)),
        line("{\"type\":\"join\",\"room\":\"obras\"}", new ClientFrame.Join(null, "obras")),
        line("{\"type\":\"leave\",\"room\":\"obras\"}", new ClientFrame.Leave(null, "obras")),
        line(
            "{\"type\":\"history\",\"room\":\"lobby\",\"limit\":51,\"before_seq\":17}",
            new ClientFrame.History(null, "lobby", 51, 17L)),
        line(
            "{\"type\":\"submit\",\"ref\":1,\"operation\":\"sum\",\"params\":{\"numbers\":[10,20,30,40]}}",
            new ClientFrame.Submit(
                ONE, "sum", NUMBERS, null, false, null, 4, null, null, 60_000, 3, 1000, null,
                3_600_000, false, null)),
        line(
            "{\"type\":\"done\",\"task\":\"3k7f\",\"attempt\":1,\"result\":100}",
            new ClientFrame.Done(null, "3k7f", 1, RawJson.of("100"))),
        line(
            "{\"type\":\"failed\",\"task\":\"3k7f\",\"attempt\":1,"
                + "\"error\":{\"code\":\"bad_input\",\"message\":\"…\"},\"retry\":false}",
            new ClientFrame.Failed(
                null, "3k7f", 1, RawJson.of("{\"code\":\"bad_input\",\"message\":\"…\"}"), false)),
        line(
            "{\"type\":\"progress\",\"task\":\"3k7f\",\"attempt\":1,\"percent\":40,\"message\":\"…\"}",
            new ClientFrame.Progress(null, "3k7f", 1, RawJson.of("40"), RawJson.of("\"…\""))),
        line("{\"type\":\"drain\"}", new ClientFrame.Drain(null)),
        line("{\"type\":\"cancel\",\"task\":\"3k7f\"}", new ClientFrame.Cancel(null, "3k7f")),
        line("{\"type\":\"query\",\"task\":\"3k7f\"}", new ClientFrame.Query(null, "3k7f")),
        line("{\"type\":\"workers\"}", new ClientFrame.Workers(null)),
        line(
            "{\"type\":\"cluster\"}",
            new ClientFrame.Cluster(null, ClientFrame.ClusterAction.STATUS, null, null)),
        line(
            "{\"type\":\"cluster\",\"action\":\"add\",\"node\":\"n4\",\"address\":\"h:7050\"}",
            new ClientFrame.Cluster(null, ClientFrame.ClusterAction.ADD, "n4", "h:7050")),
        line("{\"type\":\"backup\"}", new ClientFrame.Backup(null, null)),
        line("{\"type\":\"backup\",\"offset\":3}", new ClientFrame.Backup(null, 3L)),
        line(
            "{\"type\":\"tasks\",\"state\":\"running\",\"limit\":100}",
            new ClientFrame.Tasks(null, "running", 100, null)),
        line(
            "{\"type\":\"search\",\"words\":\"areia"
                + " fina\",\"room\":\"obras\",\"by\":\"ana\",\"since\":1,"
                + "\"until\":2,\"limit\":10,\"cursor\":\"3k7f\"}",
            new ClientFrame.Search(
                null, "areia fina", null, "obras", null, null, "ana", 1L, 2L, false, 10, "3k7f")),
        line(
            "{\"type\":\"search\",\"any\":true}",
            new ClientFrame.Search(
                null, null, null, null, null, null, null, null, null, true, 50, null)),
        line("{\"type\":\"ping\"}", new ClientFrame.Ping(null)),
        line("{\"type\":\"quit\"}", new ClientFrame.Quit(null)));
  }

  static Stream<Arguments> serverLines() {
    return Stream.of(
        line(
            "{\"type\":\"registered\",\"name\":\"ana\",\"role\":\"client\",\"session\":\"k3v9\","
                + "\"resume\":\"secret\",\"server\":\"mutirao/1.0.0\",\"node\":\"node-1\",\"protocol\":1,"
                + "\"max_frame\":1048576,\"heartbeat_ms\":15000,\"resume_window_ms\":10000,"
                + "\"rooms\":{\"lobby\":17}}",
            new ServerFrame.Registered(
                null,
                "ana",
                Role.CLIENT,
                "k3v9",
                "secret",
                false,
                "mutirao/1.0.0",
                "node-1",
                1048576,
                15_000,
                10_000,
                Map.of("lobby", 17L))),
        line(
            "{\"type\":\"client_list\",\"clients\":[\"ana\",\"Worker-1234\"],"
                + "\"details\":[{\"name\":\"ana\",\"role\":\"client\"},{\"name\":\"Worker-1234\",\"role\":\"worker\"}],"
                + "\"timestamp\":1700000000000}",
            new ServerFrame.ClientList(
                null,
                List.of(
                    new ServerFrame.Presence("ana", Role.CLIENT),
                    new ServerFrame.Presence("Worker-1234", Role.WORKER)),
                2,
                1_700_000_000_000L)),
        line(
            "{\"type\":\"gap\",\"room\":\"lobby\",\"from_seq\":18,\"to_seq\":40}",
            new ServerFrame.Gap("lobby", 18, 40)),
        line(
            "{\"type\":\"system\",\"event\":\"joined\",\"name\":\"ana\",\"role\":\"client\","
                + "\"message\":\"ana joined\",\"timestamp\":1}",
            new ServerFrame.SystemEvent("joined", "ana", Role.CLIENT, null, "ana joined", 1)),
        line(
            "{\"type\":\"broadcast\",\"sender\":\"ana\",\"room\":\"lobby\",\"message\":\"bom"
                + " dia\",\"seq\":17,\"timestamp\":1}",
            new ServerFrame.Broadcast(null, "ana", "lobby", RawJson.of("\"bom dia\""), 17, 1)),
        line(
            "{\"type\":\"direct\",\"sender\":\"ana\",\"target\":\"bruno\",\"message\":\"oi\",\"seq\":1,\"timestamp\":1}",
            new ServerFrame.Direct("ana", "bruno", RawJson.of("\"oi\""), 1, 1)),
        line(
            "{\"type\":\"delivered\",\"ref\":1}",
            new ServerFrame.Delivered(ONE, null, null, false)),
        line(
            "{\"type\":\"delivered\",\"ref\":1,\"room\":\"lobby\",\"seq\":17,\"duplicate\":true}",
            new ServerFrame.Delivered(ONE, "lobby", 17L, true)),
        line(
            "{\"type\":\"history\",\"room\":\"lobby\",\"messages\":"
                + "[{\"sender\":\"ana\",\"message\":\"bom dia\",\"seq\":17,\"timestamp\":1}]}",
            new ServerFrame.History(
                null,
                "lobby",
                List.of(new ServerFrame.HistoryMessage("ana", RawJson.of("\"bom dia\""), 17, 1)))));
  }

  static Stream<Arguments> serverLinesOfTasks() {
    return Stream.of(
        line(
            "{\"type\":\"accepted\",\"ref\":1,\"task\":\"01J\",\"state\":\"queued\"}",
            new ServerFrame.Accepted(ONE, "01J", "queued", false, null)),
        line(
            "{\"type\":\"accepted\",\"task\":\"01J\",\"state\":\"queued\",\"duplicate\":true,\"waiting_for\":\"worker\"}",
            new ServerFrame.Accepted(null, "01J", "queued", true, "worker")),
        line(
            "{\"type\":\"task\",\"task\":\"01J\",\"attempt\":1,\"operation\":\"sum\","
                + "\"params\":{\"numbers\":[10,20,30,40]},\"submitter\":\"ana\",\"timeout_ms\":60000}",
            new ServerFrame.Task("01J", 1, "sum", NUMBERS, "ana", 60_000, null)),
        line(
            "{\"type\":\"result\",\"task\":\"01J\",\"state\":\"done\",\"result\":100,\"worker\":\"Worker-1234\","
                + "\"attempt\":1,\"queued_ms\":1,\"run_ms\":2}",
            new ServerFrame.Result("01J", "done", RawJson.of("100"), null, "Worker-1234", 1, 1, 2)),
        line(
            "{\"type\":\"recorded\",\"task\":\"01J\",\"attempt\":1}",
            new ServerFrame.Recorded(null, "01J", 1)),
        line(
            "{\"type\":\"cancel\",\"task\":\"01J\",\"attempt\":1}",
            new ServerFrame.Cancel("01J", 1)),
        line(
            "{\"type\":\"worker_list\",\"workers\":[{\"name\":\"w\",\"operations\":[\"sum\"],\"slots\":4,\"busy\":1,"
                + "\"done\":120,\"failed\":0,\"draining\":false,\"node\":\"node-1\"}]}",
            new ServerFrame.WorkerList(
                null,
                List.of(
                    new ServerFrame.WorkerView(
                        "w", List.of("sum"), 4, 1, 120, 0, false, "node-1")))),
        line(
            "{\"type\":\"cluster_state\",\"node\":\"n2\",\"leader\":\"n1\",\"term\":3,\"servers\":["
                + "{\"node\":\"n1\",\"address\":\"h:7050\",\"committed\":9,\"silent_ms\":0}]}",
            new ServerFrame.ClusterState(
                null, "n2", "n1", 3, List.of(new ServerView("n1", "h:7050", 9, 0L)))),
        line(
            "{\"type\":\"accounts\",\"users\":[{\"user\":\"ana\",\"account_role\":\"admin\","
                + "\"operations\":[],\"password\":true,\"tokens\":0}],\"tokens\":[],\"deeds\":[]}",
            new ServerFrame.Accounts(
                null,
                new AccountList(
                    List.of(new UserView("ana", "admin", List.of(), true, 0)),
                    List.of(),
                    List.of(),
                    null))),
        line(
            "{\"type\":\"backup_part\",\"node\":\"n1\",\"position\":9,\"timestamp\":5,\"size\":3,"
                + "\"offset\":0,\"data\":\"b2kK\"}",
            new ServerFrame.BackupPart(null, "n1", 9, 5, 3, 0, "b2kK")),
        line(
            "{\"type\":\"found\",\"found\":[{\"kind\":\"message\",\"sender\":\"ana\",\"target\":\"bia\","
                + "\"message\":\"oi\",\"seq\":2,\"timestamp\":3}],\"next\":\"3k7f\",\"gaps\":["
                + "{\"since\":0,\"until\":9,\"reason\":\"retention\"}]}",
            new ServerFrame.Found(
                null,
                List.of(new Archived.Message("ana", null, "bia", RawJson.of("\"oi\""), 2, 3)),
                "3k7f",
                List.of(new Archived.Gap(0, 9, "retention")))),
        line("{\"type\":\"pong\",\"timestamp\":1}", new ServerFrame.Pong(null, 1)),
        line("{\"type\":\"bye\"}", new ServerFrame.Bye(null, null)),
        line("{\"type\":\"bye\",\"reason\":\"shutdown\"}", new ServerFrame.Bye(null, "shutdown")),
        line(
            "{\"type\":\"error\",\"ref\":1,\"code\":\"name_taken\",\"message\":\"the name 'ana' is"
                + " in use\",\"field\":\"name\"}",
            new ServerFrame.Error(
                ONE, ErrorCode.NAME_TAKEN, "the name 'ana' is in use", "name", null, null, null)));
  }

  static Stream<Arguments> clientLinesOfAccounts() {
    return Stream.of(
        line(
            "{\"type\":\"account\"}",
            account(ClientFrame.AccountAction.LIST, null, null, null, null)),
        line(
            "{\"type\":\"account\",\"action\":\"add_user\",\"user\":\"ana\","
                + "\"account_role\":\"admin\",\"password\":\"s3nha-longa\"}",
            account(
                ClientFrame.AccountAction.ADD_USER, "ana", AccountRole.ADMIN, "s3nha-longa", null)),
        line(
            "{\"type\":\"account\",\"action\":\"revoke_token\",\"token\":\"0123456789ab\"}",
            account(ClientFrame.AccountAction.REVOKE_TOKEN, null, null, null, "0123456789ab")));
  }

  private static ClientFrame account(
      ClientFrame.AccountAction action,
      @Nullable String user,
      @Nullable AccountRole role,
      @Nullable String password,
      @Nullable String token) {
    return new ClientFrame.Account(
        null, action, user, role, List.of(), password, token, null, null);
  }

  private static Arguments line(String line, Frame frame) {
    return Arguments.of(line, frame);
  }

  @ParameterizedTest
  @MethodSource({"clientLines", "clientLinesOfAccounts"})
  void clientLineIsReadAndWrittenAsItStands(String line, ClientFrame frame) {
    assertEquals(List.of(frame), Heard.fromClient(line + "\n").all);
    assertEquals(line, FrameWriter.toText(frame));
  }

  @ParameterizedTest
  @MethodSource({"serverLines", "serverLinesOfTasks"})
  void serverLineIsReadAndWrittenAsItStands(String line, ServerFrame frame) {
    assertEquals(List.of(frame), Heard.fromServer(line + "\n").all);
    assertEquals(line, FrameWriter.toText(frame));
  }

  @Test
  void clientMaySpellOutWhatIsTheDefault() {
    assertEquals(
        List.of(new ClientFrame.History(null, "lobby", 50, 17L)),
        Heard.fromClient(
                "{\"type\":\"history\",\"room\":\"lobby\",\"limit\":50,\"before_seq\":17}\n")
            .all);
  }
}
