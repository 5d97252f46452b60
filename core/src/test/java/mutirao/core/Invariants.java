package mutirao.core;

import java.util.HashSet;
import java.util.Set;
import mutirao.core.account.AccessToken;
import mutirao.core.room.Message;
import mutirao.core.room.Room;
import mutirao.core.session.DirectMessage;
import mutirao.core.session.Session;
import mutirao.core.task.TaskInvariants;
import mutirao.core.time.Deadline;

/**
 * What must hold after every entry, whatever came. Looks at the whole state, so it is for tests
 * alone.
 */
public final class Invariants {

  private Invariants() {}

  /** Throws an {@link AssertionError} that names what does not hold. */
  public static void check(State state) {
    int deadlines = sessions(state);
    rooms(state);
    deadlines += TaskInvariants.check(state);
    boolean keys = state.recentKeys().size() > 0;
    require(state.recentKeys().pending() == keys, "message keys are never forgotten, or too often");
    require(
        !keys
            || state.deadlines().image(state.recentKeys()).atMs()
                == state.recentKeys().oldestEndsMs(),
        "message keys are forgotten at a wrong instant");
    deadlines += keys ? 1 : 0;
    for (AccessToken token : state.accounts().tokens()) {
      boolean ends = token.terms().expiresAtMs() != Deadline.NEVER;
      require(ends == token.pending(), "a token never ends, or too early");
      require(
          !ends || state.deadlines().image(token).atMs() == token.terms().expiresAtMs(),
          "a token ends at another time");
      deadlines += ends ? 1 : 0;
    }
    require(deadlines == state.deadlines().size(), "somebody waits for an instant nobody knows");
  }

  /** Where an entry had less to settle than it may, nothing that is due is left. */
  public static void checkNothingIsDue(State state) {
    require(state.deadlines().nextMs() > state.nowMs(), "something due was not settled");
  }

  private static int sessions(State state) {
    Set<String> names = new HashSet<>();
    Set<String> secrets = new HashSet<>();
    int deadlines = 0;
    for (Session session : state.sessions().all()) {
      String name = session.name();
      require(names.add(session.nameKey()), "two sessions are called " + name);
      require(secrets.add(session.secretHash()), "two sessions share a secret");
      require(
          state.sessions().byNameKey(session.nameKey()) == session, name + " is not found by name");
      require(state.sessions().byId(session.id()) == session, name + " is not found by id");
      require(session.connected() || session.pending(), name + " is broken and waits for no end");
      deadlines += session.pending() ? 1 : 0;
      inbox(session);
    }
    require(names.size() == state.sessions().size(), "sessions are miscounted");
    require(state.sessions().size() <= Limits.MAX_SESSIONS, "too many sessions");
    return deadlines;
  }

  private static void inbox(Session session) {
    String name = session.name();
    require(session.inbox().size() <= Limits.MAX_INBOX_MESSAGES, name + "'s inbox is too long");
    long bytes = 0;
    long seq = session.lastDirectSeq() - session.inbox().size();
    require(
        session.connected() || seq <= session.detachedAfterSeq(), name + " lost what was not sent");
    for (DirectMessage message : session.inbox()) {
      require(message.seq() == ++seq, name + "'s inbox has a gap");
      bytes += message.text().length;
    }
    require(bytes <= Limits.MAX_INBOX_BYTES, name + "'s inbox is too large");
  }

  private static void rooms(State state) {
    require(state.rooms().byName("lobby") != null, "the lobby is gone");
    require(state.rooms().inUse() <= Limits.MAX_ROOMS, "too many rooms");
    int left = state.rooms().all().size() - state.rooms().inUse();
    require(left >= 0 && left <= Limits.MAX_LEFT_ROOMS, "too many rooms that everybody left");
    for (Room room : state.rooms().all()) {
      String name = room.name();
      require(state.rooms().byName(name) == room, name + " is not found by name");
      for (Session member : room.members()) {
        require(state.sessions().byId(member.id()) == member, name + " has a member that is gone");
        require(state.rooms().of(member.id()).contains(room), name + " is unknown to its member");
      }
      require(
          !room.members().isEmpty() || name.equals("lobby") || room.lastSeq() > 0,
          name + " is empty, says nothing and is still there");
      long bytes = 0;
      long seq = room.firstKeptSeq() - 1;
      for (Message message : room.after(0)) {
        require(message.seq() == ++seq, name + "'s history has a gap or a repeat");
        bytes += message.text().length;
      }
      require(seq == room.lastSeq(), name + "'s history does not reach its newest message");
      require(
          room.after(0).size() <= Limits.MAX_HISTORY_MESSAGES && bytes <= Limits.MAX_HISTORY_BYTES,
          name + "'s history is too long");
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
