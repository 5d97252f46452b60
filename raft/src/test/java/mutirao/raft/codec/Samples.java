package mutirao.raft.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mutirao.core.Command;
import mutirao.core.Origin;
import mutirao.core.Settings;
import mutirao.core.account.AccountRole;
import mutirao.core.account.Author;
import mutirao.core.account.Login;
import mutirao.core.log.Log;
import mutirao.core.session.SessionRole;
import mutirao.core.task.TaskSpec;

/** One record of each kind, with every optional field there and missing. Never to be changed. */
final class Samples {
  private Samples() {}

  static List<LogRecord> records() {
    return List.of(
        new LogRecord.OfSettings(new Settings(10_000, 1_000_000, 1L << 30)),
        batch(1),
        new LogRecord.OfBatch(-7, new Log.Batch(2, 1_700_000_000_000L, -1, commands())),
        new LogRecord.OfBatch(
            Long.MIN_VALUE, new Log.Batch(Long.MAX_VALUE, -5, Long.MAX_VALUE, commands())),
        new LogRecord.OfBatch(3, new Log.Batch(4, 5, 6, groupCommands())),
        new LogRecord.OfCheck("nó-1", 1, 123_400, Long.MIN_VALUE + 1),
        new LogRecord.OfBatch(3, new Log.Batch(5, 6, 7, accountCommands())),
        new LogRecord.OfBatch(3, new Log.Batch(6, 7, 8, List.of(traced(false), traced(true)))),
        new LogRecord.OfRules(3),
        new LogRecord.OfBatch(3, new Log.Batch(7, 8, 9, List.of(withSharedKey()))));
  }

  private static Command traced(boolean quiet) {
    return new Command.SubmitTask(
        11,
        new TaskSpec(
            "sum",
            json("{}"),
            null,
            false,
            null,
            false,
            4,
            null,
            0,
            60_000,
            3,
            1000,
            null,
            3_600_000,
            quiet,
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
  }

  private static Command withSharedKey() {
    return new Command.SubmitTask(
        12,
        new TaskSpec(
            "sum",
            json("{}"),
            null,
            false,
            "chave",
            true,
            4,
            null,
            0,
            1,
            3,
            1000,
            null,
            1,
            true,
            null));
  }

  static List<Command> commands() {
    Map<String, Long> seen = new LinkedHashMap<>();
    seen.put("@", 0L);
    seen.put("obras", Long.MAX_VALUE);
    Origin origin = new Origin("nó-1", 1234567);
    return List.of(
        new Command.OpenSession(
            origin, "çelik", SessionRole.WORKER, List.of("sum", "máx"), 4, true, false, "hash"),
        open(SessionRole.CLIENT),
        open(SessionRole.TASK_CLIENT),
        open(SessionRole.OBSERVER),
        new Command.ResumeSession(origin, "hash", seen),
        new Command.DetachSession(5, origin),
        new Command.CloseSession(Long.MAX_VALUE, origin),
        new Command.JoinRoom(7, "Festa"),
        new Command.LeaveRoom(8, "obras"),
        new Command.PostMessage(9, "lobby", json("\"olá\\u0000\""), "k-1"),
        new Command.PostMessage(9, "lobby", json("\"olá\""), null),
        new Command.SendDirect(10, "ana", json("\"🦫\""), "k-2"),
        new Command.SendDirect(10, "ana", json("\"\""), null),
        new Command.SubmitTask(11, full()),
        new Command.SubmitTask(11, plain()),
        new Command.CompleteTask(12, 300, 2, json("{\"sum\":10}")),
        new Command.FailTask(13, 301, 1, json("{\"code\":\"x\",\"message\":\"y\"}"), true),
        new Command.FailTask(13, 301, 1, json("{}"), false),
        new Command.RenewTask(14, 302, 3),
        new Command.CancelTask(15, -1),
        new Command.DrainWorker(16),
        new Command.AdvanceTime());
  }

  /** The commands that several servers need. */
  static List<Command> groupCommands() {
    return List.of(
        new Command.ReportProgress(17, 303, 2, json("40.5"), json("\"bald\"")),
        new Command.ReportProgress(17, 303, 2, null, null),
        new Command.LoseNode("nó-2", Long.MAX_VALUE),
        new Command.BeginTerm("nó-3"));
  }

  /** The commands that users and tokens need. */
  static List<Command> accountCommands() {
    Author ana = new Author(7, "/127.0.0.1:4711");
    Author server = new Author(0, "");
    String hash = "0123456789abcdef";
    return List.of(
        new Command.OpenSession(
            new Origin("nó-1", 8),
            "ana-1",
            SessionRole.CLIENT,
            List.of(),
            0,
            false,
            true,
            "hash",
            new Login("ana", hash, 0)),
        new Command.ResumeSession(
            new Origin("nó-1", 8), "hash", Map.of("obras", 3L), new Login("ana", null, 99)),
        new Command.AddUser(server, "ana", AccountRole.ADMIN, List.of(), "$argon2id$…"),
        new Command.AddUser(ana, "máquina", AccountRole.WORKER, List.of("sum", "máx"), null),
        new Command.AddUser(ana, "bruno", AccountRole.MEMBER, List.of(), null),
        new Command.RemoveUser(ana, "bruno"),
        new Command.SetPassword(ana, "ana", "$argon2id$…"),
        new Command.AddToken(ana, "máquina", hash, null, List.of("sum"), "oficina", 86_400_000),
        new Command.AddToken(ana, "ana", hash, AccountRole.VIEWER, List.of(), "", 0),
        new Command.RevokeToken(ana, "0123456789ab"),
        new Command.NoteDeed(ana, "backup", "nó-1"));
  }

  private static LogRecord batch(long id) {
    return new LogRecord.OfBatch(1, new Log.Batch(id, 0, 0, List.of()));
  }

  private static Command open(SessionRole role) {
    return new Command.OpenSession(
        new Origin("node-1", 1), null, role, List.of(), 0, false, true, "");
  }

  private static TaskSpec full() {
    return new TaskSpec(
        "resize",
        json("[1,2]"),
        "Worker-1",
        true,
        "chave",
        false,
        9,
        1_800_000_000_000L,
        1,
        Long.MAX_VALUE,
        3,
        4,
        5L,
        6,
        true,
        null);
  }

  private static TaskSpec plain() {
    return new TaskSpec(
        "sum",
        json("{}"),
        null,
        false,
        null,
        false,
        0,
        null,
        0,
        60_000,
        1,
        0,
        null,
        0,
        false,
        null);
  }

  private static byte[] json(String text) {
    return text.getBytes(UTF_8);
  }
}
