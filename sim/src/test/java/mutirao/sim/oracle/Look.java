package mutirao.sim.oracle;

import java.util.HashSet;
import java.util.Set;
import mutirao.core.State;
import mutirao.core.session.Session;
import mutirao.sim.world.Tally;

/**
 * One look into the machine.
 *
 * @param truth the machine's state
 * @param before whose sessions were connected at the look before, as names are compared
 * @param now whose sessions are connected now
 * @param tally where rare situations are counted
 * @param slackMs how long the log may take to hear of something
 */
record Look(State truth, Set<String> before, Set<String> now, Tally tally, long slackMs) {

  /** The next look, at {@code state}. */
  static Look at(State state, Set<String> before, Tally tally, long slackMs) {
    Set<String> now = new HashSet<>();
    for (Session session : state.sessions().all()) {
      if (session.connected()) {
        now.add(Fold.key(session.name()));
      }
    }
    return new Look(state, before, now, tally, slackMs);
  }

  /** Whether nobody of this name was connected, neither before nor now. */
  boolean away(String name) {
    String key = Fold.key(name);
    return !before.contains(key) && !now.contains(key);
  }
}
