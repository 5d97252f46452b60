package mutirao.sim.oracle;

import static mutirao.sim.world.BrokenPromise.unless;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mutirao.core.Command;
import mutirao.core.Entry;
import mutirao.protocol.RawJson;
import mutirao.server.gateway.words.TaskIds;
import mutirao.sim.world.BrokenPromise;
import mutirao.sim.world.Witness;

/** What is in the log. The server may tell nobody of anything that is not. */
public final class Facts implements Witness {
  private final Set<String> facts = new HashSet<>();
  private final List<Entry> entries;
  private final Jobs jobs;

  Facts(List<Entry> entries, Jobs jobs) {
    this.entries = entries;
    this.jobs = jobs;
  }

  @Override
  public void committed(Entry entry) {
    switch (entry.command()) {
      case Command.PostMessage c -> facts.add(post(new RawJson(c.text())));
      case Command.SendDirect c -> facts.add(direct(new RawJson(c.text())));
      case Command.JoinRoom c -> facts.add(join(TaskIds.encode(c.session()), c.room()));
      case Command.LeaveRoom c -> facts.add(leave(TaskIds.encode(c.session()), c.room()));
      case Command.CompleteTask c when c.task() > 0 ->
          facts.add(report(TaskIds.encode(c.task()), c.attempt()));
      case Command.FailTask c when c.task() > 0 ->
          facts.add(report(TaskIds.encode(c.task()), c.attempt()));
      case Command.CancelTask c when c.task() > 0 -> facts.add(cancel(TaskIds.encode(c.task())));
      case Command.DrainWorker c -> facts.add(drain(TaskIds.encode(c.session())));
      case Command.CloseSession c -> facts.add(close(TaskIds.encode(c.session())));
      case Command.RenewTask c ->
          jobs.renewedInTheLog(
              TaskIds.encode(c.task()), c.attempt(), TaskIds.encode(c.session()), entry.timeMs());
      case Command.ReportProgress c ->
          jobs.renewedInTheLog(
              TaskIds.encode(c.task()), c.attempt(), TaskIds.encode(c.session()), entry.timeMs());
      case Command.BeginTerm _ -> jobs.allRenewedInTheLog(entry.timeMs());
      default -> {}
    }
  }

  static String post(RawJson text) {
    return "post " + text;
  }

  static String direct(RawJson text) {
    return "direct " + text;
  }

  static String join(String session, String room) {
    return "join " + session + " " + Fold.key(room);
  }

  static String leave(String session, String room) {
    return "leave " + session + " " + Fold.key(room);
  }

  static String report(String task, int attempt) {
    return "report " + task + "/" + attempt;
  }

  static String cancel(String task) {
    return "cancel " + task;
  }

  static String drain(String session) {
    return "drain " + session;
  }

  static String close(String session) {
    return "close " + session;
  }

  /** The server says something that follows from {@code fact}: it must be in the log. */
  void mustHold(String fact, Object said) {
    unless(facts.contains(fact), "nothing is told before it is in the log:", fact, "for", said);
  }

  /** The server speaks of what entry number {@code id} created. */
  void mustExist(String id, Object said) {
    long index = TaskIds.decode(id);
    unless(
        index >= 1 && index <= entries.size(),
        "nothing is told before it is in the log:",
        id,
        "for",
        said);
  }

  /** The params with which the task of this id was handed in. */
  RawJson paramsOf(String id) {
    mustExist(id, "a task");
    Entry entry = entries.get((int) TaskIds.decode(id) - 1);
    if (entry.command() instanceof Command.SubmitTask submit) {
      return new RawJson(submit.spec().params());
    }
    throw new BrokenPromise("a task's id is the place of its submit in the log: " + id);
  }
}
