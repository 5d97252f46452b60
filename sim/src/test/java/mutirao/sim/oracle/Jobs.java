package mutirao.sim.oracle;

import static mutirao.sim.world.BrokenPromise.unless;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import mutirao.core.Command;
import mutirao.core.Entry;
import mutirao.core.State;
import mutirao.core.task.Task;
import mutirao.core.task.Worker;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.server.gateway.words.TaskIds;
import mutirao.sim.server.Servers;
import mutirao.sim.world.Sometimes;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Every task anybody asked for. No two have the same params, so that params tell which task it is
 * even where the answer was lost.
 */
public final class Jobs {
  private static final long FRAME_BYTES = 256;

  private final World world;
  private final Map<RawJson, Job> byParams = new LinkedHashMap<>();
  private final Map<String, Job> byId = new LinkedHashMap<>();
  private final Map<String, Job> byKey = new HashMap<>();
  private final Map<RawJson, Long> progressSaidMs = new HashMap<>();
  private final Map<String, List<Conversation>> cancels = new HashMap<>();
  private final List<Entry> entries;
  private final Facts facts;
  private final Map<Conversation, Set<String>> awaitedAgain = new HashMap<>();
  private final boolean several;
  private int entriesSeen;

  Jobs(World world, Servers servers) {
    this.world = world;
    this.several = servers.several();
    this.entries = servers.entries();
    this.facts = new Facts(entries, this);
  }

  /** What is in the log. */
  Facts facts() {
    return facts;
  }

  // ---- what clients do

  void submits(ClientFrame.Submit submit, Conversation on) {
    byParams.computeIfAbsent(submit.params(), _ -> new Job(submit)).tries.add(on);
  }

  void cancels(String task, Conversation on) {
    cancels.computeIfAbsent(task, _ -> new ArrayList<>()).add(on);
  }

  void progresses(ClientFrame.Progress progress) {
    if (progress.message() != null) {
      progressSaidMs.put(progress.message(), world.nowMs());
    }
  }

  void reports(ClientFrame.Done done, @Nullable KnownSession by) {
    reported(done.task(), by, done.attempt(), true, done.result(), false);
  }

  void reports(ClientFrame.Failed failed, @Nullable KnownSession by) {
    reported(failed.task(), by, failed.attempt(), false, failed.error(), failed.retry());
  }

  private void reported(
      String task,
      @Nullable KnownSession by,
      int attempt,
      boolean done,
      RawJson body,
      boolean retry) {
    Job job = byId.get(task);
    if (job != null && by != null) {
      Job.Report report = new Job.Report(by.id(), attempt, done, body, retry);
      if (!job.reports.contains(report)) {
        job.reports.add(report);
      }
    }
  }

  // ---- what the server says

  void accepted(ServerFrame.Accepted accepted, ClientFrame.Submit asked, KnownSession by) {
    Job job = job(accepted.task());
    unless(
        job.asked.params().equals(asked.params()) && job.submittedBy(by.name()),
        "who asks for a task gets that task:",
        asked,
        accepted);
    job.mayHaveHappened(accepted);
    if (accepted.duplicate()) {
      boolean acrossReconnect = job.tries.getFirst() != job.tries.getLast();
      if (!job.tries.getFirst().server().equals(job.tries.getLast().server())) {
        world.tally().met(Sometimes.DUPLICATE_SUBMIT_ACROSS_FAILOVER);
      }
      world
          .tally()
          .met(
              acrossReconnect
                  ? Sometimes.DUPLICATE_SUBMIT_ACROSS_RECONNECT
                  : Sometimes.DUPLICATE_SUBMIT);
    } else {
      unless(!job.acceptedAnew, "an id is given once:", accepted);
      job.acceptedAnew = true;
    }
    // Of one that is forgotten by now a slow reader may be told later than of the next one.
    if (asked.key() != null && !job.life.forgotten()) {
      Job before = byKey.put(Fold.key(by.name()) + '\n' + asked.key(), job);
      unless(
          before == null || before == job || before.life.forgotten(),
          "a key leads to one task:",
          asked.key(),
          before,
          job);
    }
  }

  void refused(ClientFrame.Submit asked) {
    Objects.requireNonNull(byParams.get(asked.params())).refusals++;
  }

  void refusedAsStale(String task, int attempt) {
    Job job = byId.get(task);
    if (job != null) {
      boolean timedOut = job.life.timedOut(attempt);
      world.tally().met(timedOut ? Sometimes.REPORT_AFTER_TIMEOUT : Sometimes.LATE_REPORT_REFUSED);
    }
  }

  /** A worker is back: what it was given before and runs still must be sent to it again. */
  void resumes(Conversation on, KnownSession self, State truth, long fits) {
    Worker worker = truth.tasks().worker(TaskIds.decode(self.id()));
    Set<String> again = new HashSet<>();
    long bytes = 0;
    for (Task task : worker == null ? List.<Task>of() : worker.running()) {
      Job job = byId.get(TaskIds.encode(task.id()));
      bytes += FRAME_BYTES + task.spec().params().length;
      if (job != null && job.given.get(task.attempt()) == self) {
        again.add(job.id + "/" + task.attempt());
      }
    }
    if (bytes <= fits) {
      awaitedAgain.put(on, again);
    }
  }

  /** The worker was answered something that it asked after it was back. */
  void wentOn(Conversation on) {
    Set<String> missing = awaitedAgain.remove(on);
    unless(
        missing == null || missing.isEmpty(),
        "who is back is sent again what it runs:",
        on,
        missing);
  }

  void given(ServerFrame.Task task, KnownSession to, Conversation on) {
    Job job = job(task.task());
    job.mayHaveHappened(task);
    unless(
        job.asked.params().equals(task.params())
            && job.asked.operation().equals(task.operation())
            && job.asked.timeoutMs() == task.timeoutMs()
            && job.submittedBy(task.submitter()),
        "a worker gets what was asked for:",
        job.asked,
        task);
    KnownSession before = job.given.put(task.attempt(), to);
    unless(before == null || before == to, "an attempt has one holder:", job, task, before, to);
    if (before != null) {
      job.givenAgain.add(task.attempt());
    }
    unless(before != null || !to.draining(), "who drains gets nothing new:", to, task);
    awaitedAgain.getOrDefault(on, new HashSet<>()).remove(task.task() + "/" + task.attempt());
  }

  /** Whether this attempt was sent more than once. */
  public boolean wasSentAgain(ServerFrame.Task task) {
    return job(task.task()).givenAgain.contains(task.attempt());
  }

  void recorded(ServerFrame.Recorded recorded, @Nullable ClientFrame report, KnownSession by) {
    Job job = job(recorded.task());
    if (report instanceof ClientFrame.Done done) {
      Job.Report kept = new Job.Report(by.id(), done.attempt(), true, done.result(), false);
      boolean counts = job.ending == null || kept.isOf(job.ending);
      unless(counts, "what was recorded counts:", job, job.ending, kept);
      if (job.recorded != null) {
        world.tally().met(Sometimes.REPEATED_REPORT_RECORDED);
      } else {
        job.recorded = kept;
      }
    }
  }

  void result(ServerFrame.Result result, KnownSession to, long sessionSinceMs) {
    Job job = job(result.task());
    unless(job.submittedBy(to.name()), "a result goes to its submitter alone:", to, job);
    unless(job.resultsTo.add(to.id()), "a result comes once a session:", to, job);
    unless(!job.asked.quiet(), "who wants it quiet is told nothing:", to, job);
    ends(job, result.state(), result.result(), result.error(), result.attempt(), result.worker());
    if (job.life.endedAtMs() > 0 && job.life.endedAtMs() < sessionSinceMs) {
      world.tally().met(Sometimes.RESULT_KEPT_FOR_ITS_NAME);
    }
  }

  void progress(ServerFrame.Progress progress, KnownSession to) {
    Job job = job(progress.task());
    KnownSession holder = job.given.get(progress.attempt());
    unless(
        job.submittedBy(to.name()) && holder != null && holder.name().equals(progress.worker()),
        "progress goes from the holder to the submitter:",
        to,
        progress);
    Long saidMs = progress.message() == null ? null : progressSaidMs.get(progress.message());
    if (saidMs != null) {
      job.life.progressed(progress.attempt(), saidMs, world.nowMs());
    }
  }

  void revoked(ServerFrame.Cancel cancel, KnownSession from) {
    Job job = job(cancel.task());
    KnownSession holder = job.given.get(cancel.attempt());
    unless(
        holder == null || holder == from, "who has an attempt is told to stop it:", from, cancel);
  }

  /** A task as its submitter is shown it, who asked for that at {@code askedAtStep}. */
  void view(ServerFrame.TaskView view, KnownSession to, boolean whole, long askedAtStep) {
    Job job = job(view.task());
    unless(
        job.submittedBy(to.name()) && Fold.same(view.submitter(), to.name()),
        "one sees one's own tasks alone:",
        to,
        view);
    boolean terminal =
        switch (view.state()) {
          case "scheduled", "queued", "running" -> false;
          default -> true;
        };
    // Of several servers one may know more than another; but not less than was told anywhere before
    // it was asked.
    long sinceStep = several ? askedAtStep : world.steps();
    unless(
        terminal || job.ending == null || job.endingToldAtStep >= sinceStep,
        "a state in which a task ends is never left:",
        job,
        job.ending,
        view);
    if (terminal && whole) {
      boolean done = view.state().equals("done");
      RawJson error = done ? null : view.error();
      ends(job, view.state(), view.result(), error, view.attempt(), view.worker());
    } else if (terminal && job.ending != null) {
      unless(job.ending.state().equals(view.state()), "a task ends once:", job, view);
    }
  }

  private void ends(
      Job job,
      String state,
      @Nullable RawJson result,
      @Nullable RawJson error,
      int attempt,
      @Nullable String worker) {
    job.mayHaveHappened(state);
    boolean cancelled =
        cancels.getOrDefault(job.id, List.of()).stream()
            .anyMatch(on -> job.tries.stream().anyMatch(on::isNamedAs));
    unless(cancelled || !state.equals("cancelled"), "cancelled by its submitter alone:", job);
    job.ends(new Job.Ending(state, result, error, attempt), worker, world.steps());
  }

  /** A client heard how a task ended, by itself or because it asked. */
  public void heardEnding(String task) {
    job(task).endingHeard = true;
  }

  private Job job(String id) {
    Job job = byId.get(id);
    if (job == null) {
      // Accepted, ended and forgotten within one batch, so that nobody saw it in the machine.
      job = bind(id, facts.paramsOf(id));
      job.life.vanished();
    }
    return job;
  }

  // ---- what is in the log and in the machine

  void renewedInTheLog(String task, int attempt, String session, long timeMs) {
    Job job = byId.get(task);
    KnownSession holder = job == null ? null : job.given.get(attempt);
    if (job != null && holder != null && holder.id().equals(session)) {
      job.life.renewed(attempt, timeMs);
    }
  }

  void allRenewedInTheLog(long timeMs) {
    byId.values().forEach(job -> job.life.renewed(timeMs));
  }

  /** Compares with the machine. */
  void look(Look look) {
    State truth = look.truth();
    byId.forEach(
        (id, job) -> {
          if (!job.life.forgotten()) {
            job.life.look(look, truth.tasks().byId(TaskIds.decode(id)));
          }
        });
    for (; entriesSeen < entries.size(); entriesSeen++) {
      Entry entry = entries.get(entriesSeen);
      if (entry.command() instanceof Command.SubmitTask submit
          && truth.tasks().byId(entry.index()) != null) {
        Job job = bind(TaskIds.encode(entry.index()), new RawJson(submit.spec().params()));
        job.life.look(look, truth.tasks().byId(entry.index()));
      }
    }
  }

  private Job bind(String id, RawJson params) {
    Job job = byParams.get(params);
    unless(job != null, "a task nobody asked for:", id, params);
    Job bound = Objects.requireNonNull(job);
    if (bound.id != null) {
      unless(bound.life.forgotten(), "one submit makes one task:", bound, id);
      bound = bound.again();
      byParams.put(params, bound);
    }
    bound.id = id;
    byId.put(id, bound);
    return bound;
  }

  /** Tasks that are known to the machine and have not ended. */
  List<String> unfinished() {
    List<String> unfinished = new ArrayList<>();
    for (Job job : byId.values()) {
      if (!job.life.ended()) {
        unfinished.add(job + " is " + job.life.state());
      }
    }
    return unfinished;
  }

  /** Tasks whose submitter, one of {@code here}, was owed their end and did not hear it. */
  List<String> untold(long sinceMs, List<String> here, Set<String> heard) {
    List<String> untold = new ArrayList<>();
    Set<String> unheard = unheard(heard);
    for (Job job : byId.values()) {
      boolean lately = job.life.endedAtMs() >= sinceMs && !job.endingHeard;
      // A session whose opening turned up late, and that nobody heard of, may have been given it.
      // So may have one whose connection broke, or whose server died, on the way.
      boolean lost =
          several
              || world.tally().of(Sometimes.BATCH_COMMITTED_AFTER_UNKNOWN_OUTCOME) > 0
              || unheard.stream().anyMatch(job::submittedBy);
      boolean kept = !lost && job.life.owesItsEnd() && job.resultsTo.isEmpty();
      boolean owed = !job.asked.quiet() && here.stream().anyMatch(job::submittedBy);
      if (owed && (lately || kept)) {
        untold.add(job.toString());
      }
    }
    return untold;
  }

  /** The names under which sessions may have been opened that nobody heard of. */
  private Set<String> unheard(Set<String> heard) {
    Set<String> names = new HashSet<>();
    for (Entry entry : entries) {
      if (entry.command() instanceof Command.OpenSession open
          && open.name() != null
          && !heard.contains(TaskIds.encode(entry.index()))) {
        names.add(open.name());
      }
    }
    return names;
  }
}
