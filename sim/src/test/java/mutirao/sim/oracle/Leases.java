package mutirao.sim.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mutirao.sim.world.BrokenPromise.unless;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mutirao.core.Event;
import mutirao.core.State;

/**
 * Who was promised how much time, and when, by the one clock that nobody turns. Neither clocks nor
 * changes of leaders take any of it away.
 */
public final class Leases {
  /** A leader whose clock is ahead gains so much, and stamps are whole milliseconds. */
  private static final long GAIN = 100;

  private static final long ROUNDED_MS = 3;

  private final Map<Long, Long> attempts = new HashMap<>();
  private final Map<Long, Long> timeouts = new HashMap<>();
  private final Map<Long, Long> sessions = new HashMap<>();

  /** What happened because of an entry that a leader made at {@code nowMs}. */
  public void saw(List<Event> events, State state, long nowMs) {
    for (Event event : events) {
      switch (event) {
        case Event.TaskAccepted e -> timeouts.put(e.task(), e.spec().timeoutMs());
        case Event.TaskStarted e -> attempts.put(e.task(), nowMs);
        case Event.TaskRenewed e -> attempts.put(e.task(), nowMs);
        case Event.TaskQueued e when e.because() == Event.QueuedBecause.TIMED_OUT ->
            hadItsTime("an attempt", attempts.get(e.task()), nowMs, timeouts.get(e.task()));
        case Event.TaskFinished e when timedOut(e) ->
            hadItsTime("an attempt", attempts.get(e.task()), nowMs, timeouts.get(e.task()));
        case Event.SessionDetached e -> sessions.put(e.session(), nowMs);
        case Event.SessionKept e -> sessions.put(e.session(), nowMs);
        case Event.SessionClosed e when e.reason() == Event.CloseReason.WINDOW_OVER ->
            hadItsTime(
                "a broken session",
                sessions.get(e.session()),
                nowMs,
                state.settings().resumeWindowMs());
        default -> {}
      }
    }
  }

  private static boolean timedOut(Event.TaskFinished event) {
    byte[] error = event.error();
    return error != null && new String(error, UTF_8).contains("\"code\":\"timeout\"");
  }

  private static void hadItsTime(String what, Long sinceMs, long nowMs, Long promisedMs) {
    long leastMs = promisedMs - promisedMs / GAIN - ROUNDED_MS;
    unless(
        nowMs - sinceMs >= leastMs,
        what + " has its whole time:",
        nowMs - sinceMs,
        "of",
        promisedMs);
  }
}
