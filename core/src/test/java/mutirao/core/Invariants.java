package mutirao.core;

import java.util.HashSet;
import java.util.Set;
import mutirao.core.room.Message;
import mutirao.core.room.Room;
import mutirao.core.session.Session;
import mutirao.core.task.TaskInvariants;

/**
 * What must hold after every entry, whatever came. Looks at the whole state, so it is for tests
 * alone.
 */
public final class Invariants {

  private Invariants() {}

  /** Throws an {@link AssertionError} that names what does not hold. */
  public static void check(State state) {
    sessions(state);
    rooms(state);
    TaskInvariants.check(state);
  }

  private static void sessions(State state) {
    Set<String> names = new HashSet<>();
    for (Session session : state.sessions().all()) {
      String name = session.name();
      require(names.add(session.nameKey()), "two sessions are called " + name);
      require(
          state.sessions().byNameKey(session.nameKey()) == session, name + " is not found by name");
      require(state.sessions().byId(session.id()) == session, name + " is not found by id");
      require(session.connected() || session.pending(), name + " is broken and waits for no end");
      require(session.inbox().size() <= Limits.MAX_INBOX_MESSAGES, name + "'s inbox is too long");
      long seq = session.lastDirectSeq() - session.inbox().size();
      for (var message : session.inbox()) {
        require(message.seq() == ++seq, name + "'s inbox has a gap");
      }
    }
    require(names.size() == state.sessions().size(), "sessions are miscounted");
    require(state.sessions().size() <= Limits.MAX_SESSIONS, "too many sessions");
  }

  private static void rooms(State state) {
    require(state.rooms().byName("lobby") != null, "the lobby is gone");
    for (Room room : state.rooms().all()) {
      String name = room.name();
      for (Session member : room.members()) {
        require(state.sessions().byId(member.id()) == member, name + " has a member that is gone");
        require(state.rooms().of(member.id()).contains(room), name + " is unknown to its member");
      }
      require(
          !room.members().isEmpty() || name.equals("lobby"), name + " is empty and still there");
      long seq = room.firstKeptSeq() - 1;
      for (Message message : room.after(0)) {
        require(message.seq() == ++seq, name + "'s history has a gap or a repeat");
      }
      require(seq == room.lastSeq(), name + "'s history does not reach its newest message");
    }
    for (Session session : state.sessions().all()) {
      for (Room room : state.rooms().of(session.id())) {
        require(room.has(session.id()), session.name() + " is in a room that does not know it");
      }
    }
  }

  /** Throws with {@code otherwise} unless {@code holds}. */
  public static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
