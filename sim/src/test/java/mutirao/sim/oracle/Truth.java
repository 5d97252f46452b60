package mutirao.sim.oracle;

import static mutirao.sim.world.BrokenPromise.unless;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mutirao.core.State;
import mutirao.core.StateDump;
import mutirao.core.session.Session;
import mutirao.sim.server.Servers;
import mutirao.sim.world.Sometimes;
import mutirao.sim.world.Tally;

/** The machine's state, and what must be true of it by itself. */
public final class Truth {
  private final Servers source;
  private final Map<Long, Long> brokenUntilMs = new LinkedHashMap<>();

  Truth(Servers source) {
    this.source = source;
  }

  /** What is true now. */
  public State state() {
    return source.truth();
  }

  /** Which broken sessions wait until when, and which of them waited in vain. */
  void windows(Tally tally) {
    State state = state();
    brokenUntilMs
        .entrySet()
        .removeIf(
            broken -> {
              Session session = state.sessions().byId(broken.getKey());
              if (session == null && broken.getValue() <= state.nowMs()) {
                tally.met(Sometimes.SESSION_ENDED_BY_ITS_WINDOW);
              }
              return session == null || session.connected();
            });
    for (Session session : state.sessions().all()) {
      if (!session.connected()) {
        long untilMs = state.deadlines().image(session).atMs();
        brokenUntilMs.put(session.id(), untilMs);
        unless(untilMs >= state.nowMs(), "a broken session ends with its window:", session);
      }
    }
  }

  /**
   * Everybody left and every time is over: the state is as empty as at the start.
   *
   * @param keysToo the ten minutes of the messages' keys are over, too
   */
  public void nothingIsLeft(boolean keysToo) {
    State state = state();
    unless(state.sessions().size() == 0, "no session is left:", connectedNames());
    unless(state.tasks().size() == 0, "no task is left:", state.tasks().size());
    unless(state.tasks().payloadBytes() == 0, "no payload:", state.tasks().payloadBytes());
    unless(state.tasks().queued() == 0, "nothing waits:", state.tasks().queued());
    unless(state.rooms().inUse() == 1, "nobody is in a room:", state.rooms().all());
    int keys = state.recentKeys().size();
    unless(!keysToo || keys == 0, "no key is left:", keys);
    unless(state.deadlines().size() == (keys > 0 ? 1 : 0), "nothing is due:", state.deadlines());
  }

  /** The log, replayed, made this state. */
  public void sameAs(State replayed) {
    String one = StateDump.of(state());
    String other = StateDump.of(replayed);
    unless(one.equals(other), "the log alone makes the state:", one, "and", other);
  }

  /** Where sessions are served, for people who look for a reason. */
  public String origins() {
    return state().sessions().all().stream()
        .map(s -> s.name() + " on " + s.origin())
        .toList()
        .toString();
  }

  /** Sessions the machine believes connected, by name, for comparison with who really is. */
  public List<String> connectedNames() {
    return state().sessions().all().stream().filter(Session::connected).map(Session::name).toList();
  }
}
