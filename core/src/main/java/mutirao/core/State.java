package mutirao.core;

import mutirao.core.account.Accounts;
import mutirao.core.image.StateImage;
import mutirao.core.room.RecentKeys;
import mutirao.core.room.Room;
import mutirao.core.room.Rooms;
import mutirao.core.session.Sessions;
import mutirao.core.task.Tasks;
import mutirao.core.time.Deadlines;

/** Everything that is true. Read by whoever owns the machine; changed by events alone. */
public final class State {
  private Settings settings;
  private final Deadlines deadlines = new Deadlines();
  private final Sessions sessions = new Sessions(deadlines);
  private final Accounts accounts = new Accounts(deadlines);
  private final Rooms rooms = new Rooms();
  private final RecentKeys recentKeys = new RecentKeys(deadlines);
  private final Tasks tasks = new Tasks(deadlines, sessions);
  private long nowMs;
  private long lastIndex;

  State(Settings settings) {
    this.settings = settings;
  }

  public Settings settings() {
    return settings;
  }

  public Sessions sessions() {
    return sessions;
  }

  public Accounts accounts() {
    return accounts;
  }

  public Rooms rooms() {
    return rooms;
  }

  public RecentKeys recentKeys() {
    return recentKeys;
  }

  public Tasks tasks() {
    return tasks;
  }

  public Deadlines deadlines() {
    return deadlines;
  }

  /** The machine's time, epoch milliseconds; it never goes backwards. */
  public long nowMs() {
    return nowMs;
  }

  /** The index of the last entry applied. */
  public long lastIndex() {
    return lastIndex;
  }

  /**
   * Everything as values, to be called between two entries. Costs a microsecond for some ten tasks;
   * to ask it for the tasks takes longer, and may be done later, on any thread.
   */
  public StateImage image() {
    return new StateImage(
        settings,
        nowMs,
        lastIndex,
        deadlines.orders(),
        sessions.image(id -> rooms.of(id).stream().map(Room::name).toList()),
        rooms.image(),
        recentKeys.image(),
        deadlines.image(recentKeys),
        tasks.image(),
        accounts.image());
  }

  void restore(StateImage image) {
    settings = image.settings();
    nowMs = image.nowMs();
    lastIndex = image.lastIndex();
    sessions.restore(image.sessions());
    rooms.restore(image, sessions);
    recentKeys.restore(image.keys());
    deadlines.restore(recentKeys, image.keysDue());
    tasks.restore(image.tasks().get());
    accounts.restore(image.accounts());
    deadlines.restoreOrders(image.orders());
  }

  void use(Settings next) {
    settings = next;
  }

  void advance(long index, long timeMs) {
    if (index != lastIndex + 1) {
      throw new IllegalStateException("entry " + index + " after entry " + lastIndex);
    }
    lastIndex = index;
    nowMs = Math.max(nowMs, timeMs);
  }

  void evolve(Event event) {
    switch (event) {
      case Event.OfSession of -> {
        // A worker's tasks hang on its session: tasks look at a session before it goes, after it
        // came.
        if (of instanceof Event.SessionClosed) {
          tasks.evolve(of);
          sessions.evolve(of);
        } else {
          sessions.evolve(of);
          tasks.evolve(of);
        }
        if (of instanceof Event.DirectSent sent && sent.senderKey() != null) {
          recentKeys.remember(sent.senderKey(), sent.seq(), sent.timeMs());
        }
      }
      case Event.OfRoom of -> {
        rooms.evolve(of, sessions);
        if (of instanceof Event.MessagePosted posted && posted.senderKey() != null) {
          recentKeys.remember(posted.senderKey(), posted.seq(), posted.timeMs());
        } else if (of instanceof Event.MessageKeysForgotten forgotten) {
          recentKeys.forgetBefore(forgotten.beforeMs());
        }
      }
      case Event.OfTask of -> tasks.evolve(of);
      case Event.OfAccount of -> accounts.evolve(of);
    }
  }
}
