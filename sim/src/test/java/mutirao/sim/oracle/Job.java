package mutirao.sim.oracle;

import static mutirao.sim.world.BrokenPromise.unless;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.RawJson;
import org.jspecify.annotations.Nullable;

/** One task as those outside know it: what was asked, who was given it, what they reported. */
final class Job {

  /** How a task ended, as it was told. */
  record Ending(String state, @Nullable RawJson result, @Nullable RawJson error, int attempt) {}

  /** What a worker reported about an attempt. */
  record Report(String session, int attempt, boolean done, RawJson body, boolean retry) {
    boolean isOf(Ending told) {
      return told.attempt() == attempt && body.equals(done ? told.result() : told.error());
    }
  }

  final ClientFrame.Submit asked;
  final List<Conversation> tries;
  final Map<Integer, KnownSession> given = new HashMap<>();
  final Set<Integer> givenAgain = new HashSet<>();
  final List<Report> reports = new ArrayList<>();
  final Set<String> resultsTo = new HashSet<>();
  int refusals;
  @Nullable String id;
  boolean acceptedAnew;
  @Nullable Report recorded;
  final Life life = new Life(this);
  @Nullable Ending ending;
  long endingToldAtStep;
  boolean endingHeard;

  Job(ClientFrame.Submit asked) {
    this(asked, new ArrayList<>());
  }

  private Job(ClientFrame.Submit asked, List<Conversation> tries) {
    this.asked = asked;
    this.tries = tries;
  }

  /** The same work asked for again after the first task was forgotten. */
  Job again() {
    return new Job(asked, tries);
  }

  boolean submittedBy(String name) {
    return tries.stream().anyMatch(on -> on.isNamed(name));
  }

  /** Whether anybody reported a failure of this attempt that may be tried again. */
  boolean mayHaveFailed(int attempt) {
    return reports.stream().anyMatch(r -> !r.done() && r.retry() && r.attempt() == attempt);
  }

  void mayHaveHappened(Object said) {
    unless(refusals < tries.size(), "what was refused never happens:", this, said);
  }

  /** Somebody is told how the task ended. */
  void ends(Ending told, @Nullable String worker, long step) {
    if (ending != null) {
      unless(ending.equals(told), "a task ends once:", this, "ended", ending, "told", told);
      return;
    }
    ending = told;
    endingToldAtStep = step;
    unless(told.attempt() <= asked.maxAttempts(), "attempts are bounded:", this, told);
    KnownSession holder = given.get(told.attempt());
    unless(
        holder == null || holder.name().equals(worker),
        "the worker is who had the attempt:",
        this,
        worker,
        "not",
        holder);
    switch (told.state()) {
      case "done" ->
          unless(
              told.error() == null && reported(told, true) != null,
              "the result is what the holder of the attempt reported:",
              this,
              told,
              reports);
      case "failed" -> failed(told);
      case "cancelled" -> {}
      case "expired" -> unless(asked.expiresMs() != null, "it had an end:", this, told);
      default -> unless(false, "a state in which a task ends:", this, told);
    }
    unless(
        recorded == null || recorded.isOf(told), "what was recorded counts:", this, recorded, told);
  }

  private void failed(Ending told) {
    Report report = reported(told, false);
    boolean byServer =
        told.error() != null
            && (told.error().toString().contains("\"worker_lost\"")
                || told.error().toString().contains("\"timeout\""));
    boolean last = told.attempt() == asked.maxAttempts();
    unless(
        report != null ? last || !report.retry() : byServer && last,
        "it failed because the holder said so or its attempts were used up:",
        this,
        told,
        reports);
  }

  private @Nullable Report reported(Ending told, boolean done) {
    KnownSession holder = given.get(told.attempt());
    for (Report report : reports) {
      boolean byHolder = holder != null && holder.id().equals(report.session());
      if (report.done() == done && byHolder && report.isOf(told)) {
        return report;
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return "task " + id + " " + asked.params();
  }
}
