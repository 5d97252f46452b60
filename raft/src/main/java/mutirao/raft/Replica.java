package mutirao.raft;

import mutirao.core.Machine;
import mutirao.core.Settings;
import mutirao.core.image.StateImage;
import mutirao.raft.codec.EventHash;

/**
 * The machine that a log feeds, as the log needs it beside the {@link
 * mutirao.core.log.Log.Listener}. All but {@link #run} is only called inside {@link #run}.
 */
public interface Replica {

  /**
   * Runs {@code work} on the thread that owns the machine, and waits for its end. What it throws
   * comes out.
   *
   * @throws java.util.concurrent.RejectedExecutionException where that thread is gone
   */
  void run(Runnable work);

  /** What the machine did; told of all its events by whoever feeds it. */
  EventHash hash();

  /** The machine itself. */
  Machine machine();

  /** Takes a state over; only while the machine is empty. */
  default void restore(StateImage image) {
    machine().restore(image);
  }

  /** The state as it is now. */
  default StateImage image() {
    return machine().state().image();
  }

  /** What the machine works with. */
  default Settings settings() {
    return machine().state().settings();
  }

  /** Goes on with other settings. */
  default void use(Settings settings) {
    machine().use(settings);
  }
}
