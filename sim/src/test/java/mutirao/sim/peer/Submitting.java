package mutirao.sim.peer;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

/** Hands in tasks of every kind, changes its mind, asks what became of them, and asks again. */
final class Submitting implements Habit {
  private static final int QUERIES_AT_ONCE = 4;

  private final Town town;
  private final World world;
  private final Set<String> pending = new LinkedHashSet<>();
  private final List<String> mine = new ArrayList<>();
  private final List<ClientFrame.Submit> again = new ArrayList<>();
  private ClientFrame.@Nullable Submit lastWithKey;

  Submitting(Town town) {
    this.town = town;
    this.world = town.world;
  }

  @Override
  public void act(SimPeer self) {
    int what = world.below(100);
    if (what < 60 || mine.isEmpty()) {
      submit(self);
    } else if (what < 66 && lastWithKey != null) {
      submitAgain(self, lastWithKey);
    } else if (what < 69 && lastWithKey != null) {
      submitOtherUnderSameKey(self, lastWithKey);
    } else if (what < 82) {
      self.say(new ClientFrame.Cancel(self.ref(), recent()));
    } else if (what < 93) {
      self.say(new ClientFrame.Query(self.ref(), recent()));
    } else if (what < 97) {
      String state = world.oneOf(List.of("running", "queued", "done", ""));
      String before = world.percent(30) ? recent() : null;
      self.say(
          new ClientFrame.Tasks(
              self.ref(), state.isEmpty() ? null : state, 1 + world.below(20), before));
    } else {
      self.say(new ClientFrame.Workers(self.ref()));
    }
  }

  @Override
  public void finish(SimPeer self) {
    askForPending(self);
  }

  private String recent() {
    int newest = mine.size() - 1;
    return mine.get(Math.max(0, newest - world.below(4)));
  }

  private void submit(SimPeer self) {
    boolean nobodyKnowsIt = world.percent(3);
    boolean targeted = world.percent(25) && !town.workers.isEmpty();
    String key = world.percent(40) ? "k" + town.number() : null;
    Long delayMs = world.percent(15) ? world.between(0, 800) : null;
    Long runAt =
        delayMs == null && world.percent(8)
            ? town.oracle.serversMs() + world.between(-500, 800)
            : null;
    Long expiresMs = nobodyKnowsIt || world.percent(25) ? (Long) world.between(50, 2500) : null;
    ClientFrame.Submit submit =
        new ClientFrame.Submit(
            self.ref(),
            nobodyKnowsIt ? "nobody:knows/it" : world.oneOf(Town.OPERATIONS),
            town.freshObject(self.name(), town.fill()),
            targeted ? world.oneOf(town.workers) : null,
            world.percent(40),
            key,
            world.below(10),
            delayMs,
            runAt,
            world.oneOf(List.of(120L, 400L, 1200L, 4000L)),
            1 + world.below(4),
            world.oneOf(List.of(0L, 40L, 400L)),
            expiresMs,
            world.oneOf(List.of(0L, 200L, 2000L, 12_000L)),
            world.percent(10),
            null);
    if (key != null) {
      lastWithKey = submit;
    }
    self.say(submit);
  }

  private void submitAgain(SimPeer self, ClientFrame.Submit f) {
    submitLike(self, f, f.params());
  }

  private void submitOtherUnderSameKey(SimPeer self, ClientFrame.Submit f) {
    submitLike(self, f, town.freshObject(self.name(), 0));
  }

  private void submitLike(SimPeer self, ClientFrame.Submit f, RawJson params) {
    self.say(
        new ClientFrame.Submit(
            self.ref(),
            f.operation(),
            params,
            f.worker(),
            f.fallback(),
            f.key(),
            f.priority(),
            f.delayMs(),
            f.runAt(),
            f.timeoutMs(),
            f.maxAttempts(),
            f.backoffMs(),
            f.expiresMs(),
            f.keepMs(),
            f.quiet(),
            null));
  }

  private void askForPending(SimPeer self) {
    pending.stream()
        .limit(QUERIES_AT_ONCE)
        .toList()
        .forEach(
            task -> {
              // To the end of the line, so that all get their turn.
              pending.remove(task);
              pending.add(task);
              self.say(new ClientFrame.Query(self.ref(), task));
            });
  }

  @Override
  public void hears(SimPeer self, ServerFrame frame, @Nullable ClientFrame asked) {
    switch (frame) {
      case ServerFrame.Accepted accepted -> {
        if (!mine.contains(accepted.task())) {
          mine.add(accepted.task());
          pending.add(accepted.task());
          town.tasksHeardOf.add(accepted.task());
        }
      }
      case ServerFrame.Result result -> pending.remove(result.task());
      case ServerFrame.TaskState state -> {
        if (state.task().finishedAt() != null) {
          pending.remove(state.task().task());
          town.oracle.jobs().heardEnding(state.task().task());
        }
      }
      case ServerFrame.Error error -> {
        if (error.code() == ErrorCode.UNKNOWN_TASK && asked instanceof ClientFrame.Query query) {
          pending.remove(query.task());
        }
      }
      default -> {}
    }
  }

  @Override
  public void loses(SimPeer self, Collection<ClientFrame> unanswered) {
    for (ClientFrame frame : unanswered) {
      if (frame instanceof ClientFrame.Submit submit && submit.key() != null) {
        again.add(submit);
      }
    }
  }

  @Override
  public void arrives(SimPeer self, boolean resumed) {
    List<ClientFrame.Submit> lost = List.copyOf(again);
    again.clear();
    lost.forEach(submit -> submitAgain(self, submit));
    if (world.percent(70)) {
      askForPending(self);
    }
  }

  @Override
  public void forgets() {
    again.clear();
    lastWithKey = null;
  }

  @Override
  public String waitsFor() {
    return pending.isEmpty() ? "" : " the end of " + pending;
  }
}
