package mutirao.sim.group;

import java.util.HashSet;
import java.util.Set;

/** Which server does not hear which other one. */
final class Cuts {
  private record Way(String from, String to) {}

  private final Set<Way> cut = new HashSet<>();

  boolean between(String from, String to) {
    return cut.contains(new Way(from, to));
  }

  boolean any() {
    return !cut.isEmpty();
  }

  void oneWay(String from, String to) {
    cut.add(new Way(from, to));
  }

  void bothWays(String one, String other) {
    oneWay(one, other);
    oneWay(other, one);
  }

  void heal() {
    cut.clear();
  }
}
