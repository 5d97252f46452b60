package mutirao.cli.terminal;

import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Tells that somebody wants the process to stop: Ctrl-C, {@code kill}. */
public interface StopSignals {

  /** A registration that can be taken back. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Calls {@code action} at each such signal instead of ending the process. The action runs on a
   * thread of its own.
   */
  Registration onStop(Runnable action);

  /** SIGINT and SIGTERM of this process. */
  static StopSignals ofProcess() {
    return action -> {
      Object interrupt = Signals.register("INT", action);
      Object terminate = Signals.register("TERM", action);
      return () -> {
        unregister("INT", interrupt);
        unregister("TERM", terminate);
      };
    };
  }

  private static void unregister(String signal, @Nullable Object previous) {
    if (previous != null) {
      Signals.unregister(signal, previous);
    }
  }
}
