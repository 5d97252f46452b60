package mutirao.sim.server;

import java.util.List;
import mutirao.core.Entry;
import mutirao.core.State;
import mutirao.sim.world.Witness;

/** The servers of a world, one or several, as their clients and the oracle see them. */
public interface Servers {

  /** Whether there are several. */
  boolean several();

  /** Everything that is safe, in order; index 1 first. */
  List<Entry> entries();

  /** What is true: the state that {@link #entries} made. */
  State truth();

  /**
   * Starts them.
   *
   * @param witness sees every entry that is safe
   * @param afterwards runs after each batch of them
   */
  void start(Witness witness, Runnable afterwards);

  /** The server that a new connection reaches; it may be down. */
  SimServer reach();

  /** Ends all faults. */
  void heal();

  /** True where all run and nothing is on its way into the log or out of it. */
  boolean calm();

  /** The states of all that run. */
  List<State> states();

  /** Connections that they count. */
  int connectionCount();
}
