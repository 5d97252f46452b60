package mutirao.chaos.campaign;

import java.io.IOException;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.load.Load;

/** Something that is done to the system, and undone. */
@FunctionalInterface
public interface Fault {
  /**
   * Does it and undoes it.
   *
   * @param downMs how long it lasts at least
   */
  void strike(ServerProcess server, long downMs) throws IOException, InterruptedException;

  /** The load that it strikes under has begun. */
  default void begin(Load load) {}

  /** There will be no more: what was left broken is mended. */
  default void heal(Load load) throws IOException, InterruptedException {}
}
