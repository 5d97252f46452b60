package mutirao.sim.world;

import mutirao.core.Entry;

/** Sees what is safe, before anybody else is told. */
@FunctionalInterface
public interface Witness {
  /** {@code entry} is in the log now. */
  void committed(Entry entry);
}
