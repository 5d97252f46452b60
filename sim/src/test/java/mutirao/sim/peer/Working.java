package mutirao.sim.peer;

import static mutirao.sim.world.BrokenPromise.unless;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.sim.world.Sometimes;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks: well, badly, slowly, not at all, twice, too late, or after it was told to stop. A
 * sloppy worker does each of these now and then; in a healed world all do their work.
 */
final class Working implements Habit {

  /** One attempt in hand; {@code stale} once it is reported, revoked, or of an earlier session. */
  private static final class Attempt {
    final ServerFrame.Task task;
    boolean stale;

    Attempt(ServerFrame.Task task) {
      this.task = task;
    }
  }

  private final Town town;
  private final World world;
  private final int slots;
  private final boolean confirm;
  private final boolean drains;
  private final Map<String, Attempt> held = new LinkedHashMap<>();
  private final List<ClientFrame> unconfirmed = new ArrayList<>();
  private boolean certain = true;
  private boolean draining;

  /** A worker that asks for {@code slots} tasks at once, and sometimes {@code drains}. */
  Working(Town town, int slots, boolean confirm, boolean drains) {
    this.town = town;
    this.world = town.world;
    this.slots = slots;
    this.confirm = confirm;
    this.drains = drains;
  }

  @Override
  public void act(SimPeer self) {
    if (leaves(self)) {
      return;
    }
    if (drains && self.here() && !world.healed() && world.percent(3)) {
      draining = true;
      self.say(new ClientFrame.Drain(self.ref()));
    } else if (!held.isEmpty() && world.percent(30)) {
      progress(self, world.oneOf(List.copyOf(held.values())));
    }
  }

  @Override
  public void finish(SimPeer self) {
    leaves(self);
  }

  /** Who drains goes when all is done, and comes back fresh. */
  private boolean leaves(SimPeer self) {
    // What was revoked unheard would be waited for in vain.
    boolean idle = world.hushed() || held.values().stream().allMatch(attempt -> attempt.stale);
    if (draining && idle && self.here() && world.percent(30)) {
      self.quit();
      return true;
    }
    return false;
  }

  @Override
  public void hears(SimPeer self, ServerFrame frame, @Nullable ClientFrame asked) {
    switch (frame) {
      case ServerFrame.Task task -> begin(self, task);
      case ServerFrame.Cancel cancel -> revoke(cancel.task(), cancel.attempt());
      case ServerFrame.Recorded _ -> unconfirmed.remove(asked);
      case ServerFrame.Error _ -> {
        unconfirmed.remove(asked);
        if (asked instanceof ClientFrame.Progress progress) {
          revoke(progress.task(), progress.attempt());
        }
      }
      default -> {}
    }
  }

  private void begin(SimPeer self, ServerFrame.Task task) {
    long live = held.values().stream().filter(attempt -> !attempt.stale).count();
    unless(!certain || live < slots, "a worker never holds more than its slots:", self, live, task);
    Attempt known = held.get(task.task() + "/" + task.attempt());
    if (known != null && (!known.stale || owesReport(task))) {
      // Sent again because it might have been lost.
      return;
    }
    if (!certain && known == null && town.oracle.jobs().wasSentAgain(task)) {
      world.tally().met(Sometimes.LOST_TASK_SENT_AGAIN_ON_RESUME);
    }
    Attempt attempt = new Attempt(task);
    held.put(task.task() + "/" + task.attempt(), attempt);
    town.tasksHeardOf.add(task.task());
    boolean sloppy = !world.healed() && world.percent(town.faults.sloppyPercent());
    switch (sloppy ? 1 + world.below(7) : 0) {
      case 1 -> world.note(self.name(), "will never do " + task.task());
      case 2 -> later(self, attempt, task.timeoutMs() + world.between(1, 300), true);
      case 3, 4 -> slowButAlive(self, attempt);
      case 5 -> later(self, attempt, world.between(0, 60), false);
      case 6 -> {
        later(self, attempt, world.between(0, 60), true);
        later(self, attempt, world.between(0, 400), true);
      }
      case 7 -> self.stopReading(world.between(1, 1500));
      default -> later(self, attempt, world.between(0, 60), true);
    }
  }

  private boolean owesReport(ServerFrame.Task task) {
    return unconfirmed.stream()
        .anyMatch(
            report ->
                switch (report) {
                  case ClientFrame.Done f ->
                      f.task().equals(task.task()) && f.attempt() == task.attempt();
                  case ClientFrame.Failed f ->
                      f.task().equals(task.task()) && f.attempt() == task.attempt();
                  default -> false;
                });
  }

  private void slowButAlive(SimPeer self, Attempt attempt) {
    long timeoutMs = attempt.task.timeoutMs();
    long stepMs = Math.max(1, timeoutMs / 3);
    int steps = 3 + world.below(5);
    for (int i = 1; i <= steps; i++) {
      world.after(
          i * stepMs, self + " is still at " + attempt.task.task(), () -> progress(self, attempt));
    }
    later(self, attempt, steps * stepMs + stepMs / 2, true);
  }

  private void progress(SimPeer self, Attempt attempt) {
    if (self.here() && holds(attempt)) {
      RawJson percent = world.percent(50) ? RawJson.of("" + world.below(101)) : null;
      RawJson message = world.percent(50) ? town.freshText(self.name(), 0) : null;
      self.say(
          new ClientFrame.Progress(
              self.refOrNone(), attempt.task.task(), attempt.task.attempt(), percent, message));
    }
  }

  private void later(SimPeer self, Attempt attempt, long afterMs, boolean well) {
    world.after(
        afterMs,
        self + " is done with " + attempt.task.task(),
        () -> {
          boolean stops = attempt.stale && !world.percent(40);
          if (holds(attempt) && !stops) {
            report(self, attempt, well);
          }
        });
  }

  private boolean holds(Attempt attempt) {
    return held.get(attempt.task.task() + "/" + attempt.task.attempt()) == attempt;
  }

  private void report(SimPeer self, Attempt attempt, boolean well) {
    String task = attempt.task.task();
    int number = attempt.task.attempt();
    attempt.stale = true;
    ClientFrame report =
        well
            ? new ClientFrame.Done(
                self.refOrNone(), task, number, town.freshObject(self.name(), town.fill()))
            : new ClientFrame.Failed(
                self.refOrNone(), task, number, town.freshError(), world.percent(75));
    if (confirm || !self.here()) {
      unconfirmed.add(report);
    }
    if (self.here()) {
      self.say(report);
      if (!world.healed() && world.percent(8)) {
        again(self, report);
      }
    }
  }

  /** Says the same once more, as a client does that heard no answer. */
  private void again(SimPeer self, ClientFrame report) {
    ClientFrame repeated =
        switch (report) {
          case ClientFrame.Done f ->
              new ClientFrame.Done(self.ref(), f.task(), f.attempt(), f.result());
          case ClientFrame.Failed f ->
              new ClientFrame.Failed(self.ref(), f.task(), f.attempt(), f.error(), f.retry());
          default -> throw new IllegalStateException("no report: " + report);
        };
    if (confirm) {
      unconfirmed.add(repeated);
    }
    self.say(repeated);
  }

  private void revoke(String task, int number) {
    Attempt attempt = held.get(task + "/" + number);
    if (attempt != null) {
      attempt.stale = true;
    }
  }

  @Override
  public void arrives(SimPeer self, boolean resumed) {
    boolean runs = held.values().stream().anyMatch(attempt -> !attempt.stale);
    if (resumed && runs) {
      world.tally().met(Sometimes.RESUME_WHILE_ITS_TASK_RUNS);
    }
    // What was revoked while the connection was broken was not heard of.
    certain = !resumed;
    List<ClientFrame> reports = List.copyOf(unconfirmed);
    unconfirmed.clear();
    if (resumed || world.percent(50)) {
      reports.forEach(report -> again(self, report));
    }
    draining &= resumed;
    if (!resumed) {
      held.values().forEach(attempt -> attempt.stale = true);
    }
  }

  @Override
  public void loses(SimPeer self, Collection<ClientFrame> unanswered) {
    certain = false;
  }

  @Override
  public void forgets() {
    held.clear();
    unconfirmed.clear();
  }
}
