package mutirao.core.room;

import java.util.List;
import mutirao.core.Command;
import mutirao.core.Event;
import mutirao.core.Limits;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.Step;
import mutirao.core.session.Names;
import mutirao.core.session.Session;
import mutirao.core.session.SessionRules;

/** What may happen in rooms. */
public final class RoomRules {

  private RoomRules() {}

  /** Enters a room; being in it already changes nothing. */
  public static Reply join(Step step, Command.JoinRoom join) {
    Session session = step.state().sessions().byId(join.session());
    if (session == null) {
      return SessionRules.GONE;
    }
    Rooms rooms = step.state().rooms();
    Room room = rooms.byName(join.room());
    if (room != null && room.has(session.id())) {
      return Reply.DONE;
    }
    if (rooms.of(session.id()).size() >= Limits.MAX_ROOMS_PER_SESSION
        || ((room == null || room.empty()) && rooms.inUse() >= Limits.MAX_ROOMS)) {
      return new Refusal(Refusal.Code.OVERLOADED, join.room(), "room", Limits.OVERLOADED_RETRY_MS);
    }
    step.emit(new Event.RoomJoined(session.id(), room == null ? join.room() : room.name()));
    return Reply.DONE;
  }

  /** Leaves a room. */
  public static Reply leave(Step step, Command.LeaveRoom leave) {
    Session session = step.state().sessions().byId(leave.session());
    if (session == null) {
      return SessionRules.GONE;
    }
    Room room = step.state().rooms().byName(leave.room());
    if (room == null || !room.has(session.id())) {
      return new Refusal(Refusal.Code.UNKNOWN_ROOM, leave.room(), "room", 0);
    }
    step.emit(new Event.RoomLeft(session.id(), room.name(), session.name()));
    return Reply.DONE;
  }

  /** Leaves all rooms, because the session ends. */
  public static void leaveAll(Step step, Session session) {
    for (Room room : List.copyOf(step.state().rooms().of(session.id()))) {
      step.emit(new Event.RoomLeft(session.id(), room.name(), session.name()));
    }
  }

  /** Gives a message its place. */
  public static Reply post(Step step, Command.PostMessage post) {
    Session session = step.state().sessions().byId(post.session());
    if (session == null) {
      return SessionRules.GONE;
    }
    RecentKeys keys = step.state().recentKeys();
    String senderKey = post.key() == null ? null : Names.scoped(session.nameKey(), post.key());
    Long known = senderKey == null ? null : keys.seqOf(senderKey);
    if (known != null) {
      return new Reply.Posted(known, true);
    }
    Room room = step.state().rooms().byName(post.room());
    if (room == null || !room.has(session.id())) {
      return new Refusal(Refusal.Code.UNKNOWN_ROOM, post.room(), "room", 0);
    }
    if (senderKey != null && keys.full()) {
      long retryAfterMs = Math.max(1, keys.oldestEndsMs() - step.nowMs());
      return new Refusal(Refusal.Code.OVERLOADED, post.room(), "key", retryAfterMs);
    }
    long seq = room.lastSeq() + 1;
    step.emit(
        new Event.MessagePosted(
            session.id(), room.name(), session.name(), post.text(), seq, senderKey, step.nowMs()));
    return new Reply.Posted(seq, false);
  }

  /** The oldest message keys have been remembered long enough. */
  public static void forgetKeys(Step step) {
    step.emit(new Event.MessageKeysForgotten(step.nowMs() - Limits.MESSAGE_KEY_MS + 1));
  }
}
