package mutirao.core.oracle;

import mutirao.core.Entry;
import mutirao.core.Event;
import mutirao.core.Outcome;
import mutirao.core.Settings;
import mutirao.core.State;

/**
 * What a user may believe, kept as simply as can be: told of every entry and what came of it, it
 * complains about every event that must not be, about every answer that does not fit, and about a
 * state that is not what the events said.
 */
public final class Oracle {
  private final Guests guests = new Guests();
  private final Attendance attendance;
  private final ChatOracle chat;
  private final TaskOracle tasks;
  private long nowMs;

  /** Nothing has happened yet. */
  public Oracle(Settings settings) {
    attendance = new Attendance(settings.resumeWindowMs(), guests);
    chat = new ChatOracle(attendance);
    tasks = new TaskOracle(attendance);
  }

  /** Looks at one applied entry; throws an {@link AssertionError} where a promise was broken. */
  public void saw(Entry entry, Outcome outcome, State state) {
    nowMs = Math.max(nowMs, entry.timeMs());
    for (Event event : outcome.events()) {
      // Who is there now is what the others look at, so a farewell comes last and a welcome first.
      guests.saw(entry, event, nowMs, attendance);
      if (event instanceof Event.SessionOpened opened) {
        guests.opened(opened, nowMs);
      }
      if (!(event instanceof Event.SessionClosed)) {
        attendance.saw(entry, event, nowMs);
      }
      chat.saw(entry, event, nowMs);
      tasks.saw(entry, event, nowMs);
      if (event instanceof Event.SessionClosed) {
        attendance.saw(entry, event, nowMs);
      }
    }
    guests.answered(entry, outcome.reply(), nowMs, state);
    attendance.answered(entry, outcome.reply(), nowMs, state);
    chat.answered(entry, outcome.reply(), nowMs, state);
    tasks.answered(entry, outcome.reply(), nowMs, state);
  }
}
