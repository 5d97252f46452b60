package mutirao.web;

import java.util.Set;

/**
 * Servers that a spectator may have killed and started: those of a demonstration, which belong to
 * nobody. Thread-safe; returns before what was asked for has happened.
 */
public interface Stage {

  /** Which there are. */
  Set<String> nodes();

  /** Kills a server at once, as a power cut would. */
  void kill(String node);

  /** Starts a server that was killed. */
  void start(String node);
}
