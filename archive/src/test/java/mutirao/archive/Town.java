package mutirao.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import mutirao.core.Command;
import mutirao.core.Entry;
import mutirao.core.Machine;
import mutirao.core.Origin;
import mutirao.core.Outcome;
import mutirao.core.Reply;
import mutirao.core.Settings;
import mutirao.core.session.SessionRole;
import mutirao.core.task.TaskSpec;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/** A machine, the log it was fed from, and an archive that is told of it. */
final class Town {
  private static final long START_MS = 1_000_000;

  private final List<Entry> log = new ArrayList<>();
  private Machine machine = new Machine(Settings.DEFAULT);
  private @Nullable Archive archive;
  private long nowMs = START_MS;
  private long connections;

  /** From now on {@code newArchive} is told. */
  void tell(@Nullable Archive newArchive) {
    archive = newArchive;
    if (newArchive != null) {
      newArchive.serving(machine.state());
    }
  }

  /** A restart: the first {@code untold} entries are in a snapshot, the others are replayed. */
  void restart(Archive newArchive, int untold) {
    machine = new Machine(Settings.DEFAULT);
    for (Entry entry : log) {
      Outcome outcome = machine.apply(entry);
      if (entry.index() > untold) {
        newArchive.applied(outcome.events(), machine.state());
      }
    }
    tell(newArchive);
  }

  /** The log loses its end, as a power cut may do with {@code sync=none}. */
  void loses(int entries) {
    log.subList(log.size() - entries, log.size()).clear();
  }

  long position() {
    return log.size();
  }

  void passes(long ms) {
    nowMs += ms;
    apply(new Command.AdvanceTime());
  }

  long client(String name) {
    return open(name, SessionRole.CLIENT);
  }

  long worker(String name) {
    return open(name, SessionRole.WORKER, "sum");
  }

  private long open(String name, SessionRole role, String... operations) {
    Origin origin = new Origin("node-1", ++connections);
    Command open =
        new Command.OpenSession(
            origin, name, role, List.of(operations), 4, false, false, "secret " + connections);
    return ((Reply.Opened) apply(open)).session();
  }

  void says(long session, String text) {
    apply(new Command.PostMessage(session, "lobby", Json.string(text).bytes(), null));
  }

  void tells(long session, String target, String text) {
    apply(new Command.SendDirect(session, target, Json.string(text).bytes(), null));
  }

  void quits(long session) {
    Origin origin = Objects.requireNonNull(machine.state().sessions().byId(session)).origin();
    apply(new Command.CloseSession(session, Objects.requireNonNull(origin)));
  }

  void breaks(long session) {
    Origin origin = Objects.requireNonNull(machine.state().sessions().byId(session)).origin();
    apply(new Command.DetachSession(session, Objects.requireNonNull(origin)));
  }

  long submits(long session, String params, long keepMs) {
    TaskSpec spec =
        new TaskSpec(
            "sum",
            params.getBytes(UTF_8),
            null,
            false,
            null,
            false,
            4,
            null,
            0,
            60_000,
            1,
            0,
            null,
            keepMs,
            false,
            null);
    return ((Reply.Accepted) apply(new Command.SubmitTask(session, spec))).task();
  }

  void done(long worker, long task, String result) {
    apply(new Command.CompleteTask(worker, task, 1, result.getBytes(UTF_8)));
  }

  void failed(long worker, long task, String error) {
    apply(new Command.FailTask(worker, task, 1, error.getBytes(UTF_8), false));
  }

  private Reply apply(Command command) {
    Entry entry = new Entry(log.size() + 1, nowMs, log.size(), command);
    log.add(entry);
    Outcome outcome = machine.apply(entry);
    if (archive != null) {
      archive.applied(outcome.events(), machine.state());
    }
    return outcome.reply();
  }
}
