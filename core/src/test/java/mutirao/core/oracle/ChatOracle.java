package mutirao.core.oracle;

import static mutirao.core.Invariants.require;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mutirao.core.Command;
import mutirao.core.Entry;
import mutirao.core.Event;
import mutirao.core.Limits;
import mutirao.core.Refusal;
import mutirao.core.Reply;
import mutirao.core.State;
import mutirao.core.room.Room;
import mutirao.core.session.Names;
import mutirao.core.session.Session;
import org.jspecify.annotations.Nullable;

/** What was said where, under which number. */
final class ChatOracle {
  private record Said(long seq, long timeMs) {}

  private static final class Place {
    final Set<Long> members = new LinkedHashSet<>();
    long lastSeq;
  }

  private final Attendance attendance;
  private final Map<String, Place> rooms = new HashMap<>();
  private final Map<Long, Long> directs = new HashMap<>();
  private final Map<String, Said> keys = new HashMap<>();
  private @Nullable Said saidNow;

  ChatOracle(Attendance attendance) {
    this.attendance = attendance;
    rooms.put("lobby", new Place());
  }

  void saw(Entry entry, Event event, long nowMs) {
    switch (event) {
      case Event.RoomJoined joined -> {
        require(attendance.byId(joined.session()) != null, "nobody joined a room");
        Place place = rooms.computeIfAbsent(Names.key(joined.room()), _ -> new Place());
        require(place.members.add(joined.session()), "somebody joined twice");
      }
      case Event.RoomLeft left -> {
        Place place = place(left.room());
        require(place.members.remove(left.session()), "somebody left who was not there");
        boolean kept = place.lastSeq > 0 || Names.key(left.room()).equals("lobby");
        if (place.members.isEmpty() && !kept) {
          rooms.remove(Names.key(left.room()));
        }
      }
      case Event.SessionClosed closed -> {
        rooms
            .values()
            .forEach(place -> require(!place.members.contains(closed.session()), "ghost"));
        directs.remove(closed.session());
      }
      case Event.MessagePosted posted -> {
        Place place = place(posted.room());
        require(posted.seq() == place.lastSeq + 1, "a room's sequence has a gap or a repeat");
        require(place.members.contains(posted.session()), "a stranger speaks in a room");
        require(
            entry.command() instanceof Command.PostMessage post
                && post.session() == posted.session()
                && Arrays.equals(post.text(), posted.text()),
            "something is said that nobody said");
        place.lastSeq = posted.seq();
        saidNow = new Said(posted.seq(), nowMs);
      }
      case Event.DirectSent sent -> {
        long seq = directs.merge(sent.session(), 1L, Long::sum);
        require(sent.seq() == seq, "directs have a gap or a repeat");
        require(attendance.byId(sent.session()) != null, "a direct goes to nobody");
        require(
            entry.command() instanceof Command.SendDirect send
                && Arrays.equals(send.text(), sent.text()),
            "something is said that nobody said");
        saidNow = new Said(seq, nowMs);
      }
      default -> {}
    }
  }

  void answered(Entry entry, Reply reply, long nowMs, State state) {
    switch (entry.command()) {
      case Command.PostMessage post -> {
        answered(post.session(), post.key(), reply, nowMs);
        Place place = rooms.get(Names.key(post.room()));
        boolean again = reply instanceof Reply.Posted posted && posted.duplicate();
        boolean member = place != null && place.members.contains(post.session());
        require(member || again || reply instanceof Refusal, "who is not in a room speaks there");
      }
      case Command.SendDirect send -> {
        answered(send.session(), send.key(), reply, nowMs);
        boolean unknown =
            reply instanceof Refusal refusal && refusal.code() == Refusal.Code.UNKNOWN_TARGET;
        require(!unknown || attendance.byName(send.target()) == null, "who is there is unknown");
      }
      default -> require(saidNow == null, "something was said out of turn");
    }
    saidNow = null;
    compare(state);
  }

  private void answered(long session, @Nullable String key, Reply reply, long nowMs) {
    Attendance.Somebody sender = attendance.byId(session);
    require(
        !(reply instanceof Refusal) || saidNow == null, "what was refused was said all the same");
    if (!(reply instanceof Reply.Posted posted) || sender == null) {
      require(reply instanceof Refusal, "an answer that does not fit");
      return;
    }
    String scoped = Names.key(sender.opened.name()) + '\n' + key;
    Said before = key == null ? null : keys.get(scoped);
    boolean remembered = before != null && nowMs < before.timeMs() + Limits.MESSAGE_KEY_MS;
    require(posted.duplicate() == remembered, "a repeat was taken for new, or the other way round");
    Said counts = remembered ? before : saidNow;
    require(counts != null && counts.seq() == posted.seq(), "the answer has another number");
    require(!remembered || saidNow == null, "a repeat was delivered twice");
    if (key != null && saidNow != null) {
      keys.put(scoped, saidNow);
    }
  }

  private void compare(State state) {
    require(rooms.size() == state.rooms().all().size(), "not the same rooms are there");
    for (Room room : state.rooms().all()) {
      Place place = place(room.name());
      require(place.lastSeq == room.lastSeq(), room.name() + " has another sequence");
      require(
          List.copyOf(place.members).equals(room.members().stream().map(Session::id).toList()),
          room.name() + " has other members");
    }
    for (Session session : state.sessions().all()) {
      require(
          directs.getOrDefault(session.id(), 0L) == session.lastDirectSeq(),
          session.name() + " got another number of directs");
    }
  }

  private Place place(String room) {
    Place place = rooms.get(Names.key(room));
    if (place == null) {
      throw new AssertionError("there is no room " + room);
    }
    return place;
  }
}
