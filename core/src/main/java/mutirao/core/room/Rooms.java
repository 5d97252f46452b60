package mutirao.core.room;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import mutirao.core.Event;
import mutirao.core.Limits;
import mutirao.core.image.StateImage;
import mutirao.core.session.Names;
import mutirao.core.session.Session;
import mutirao.core.session.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * All rooms. The lobby is always there. Any other room begins when somebody enters it; once
 * everybody has left, it is kept with its history and its count, within bounds: the one that was
 * left first goes first. One in which nothing was said is not kept.
 */
public final class Rooms {

  /** The room everybody enters when registering. */
  public static final String LOBBY = "lobby";

  private final Map<String, Room> byKey = new LinkedHashMap<>();
  private final Map<Long, Set<Room>> bySession = new HashMap<>();

  /** Those that everybody has left, in the order of that; {@link #byKey} has them, too. */
  private final LinkedHashSet<Room> left = new LinkedHashSet<>();

  private long leftBytes;

  /** The lobby alone. */
  public Rooms() {
    byKey.put(LOBBY, new Room(LOBBY));
  }

  /** The room of this name, compared as names are. */
  public @Nullable Room byName(String name) {
    return byKey.get(Names.key(name));
  }

  /** All rooms, oldest first; one that everybody has left is as old as that. */
  public Collection<Room> all() {
    return Collections.unmodifiableCollection(byKey.values());
  }

  /** How many rooms somebody is in; the lobby counts always. */
  public int inUse() {
    return byKey.size() - left.size();
  }

  /** The rooms a session is in, in the order of entering. */
  public Collection<Room> of(long session) {
    return Collections.unmodifiableCollection(bySession.getOrDefault(session, Set.of()));
  }

  /** Applies an event; only {@code State} calls this. */
  public void evolve(Event.OfRoom event, Sessions sessions) {
    switch (event) {
      case Event.RoomJoined joined -> {
        Session session = Objects.requireNonNull(sessions.byId(joined.session()));
        Room room = byKey.computeIfAbsent(Names.key(joined.room()), _ -> new Room(joined.room()));
        if (left.remove(room)) {
          leftBytes -= room.historyBytes();
        }
        room.enter(session);
        bySession.computeIfAbsent(session.id(), _ -> new LinkedHashSet<>(2)).add(room);
      }
      case Event.RoomLeft left -> leave(left.session(), existing(left.room()));
      case Event.MessagePosted posted -> {
        long share = Math.min(Limits.MAX_HISTORY_BYTES, Limits.SHARED_HISTORY_BYTES / inUse());
        existing(posted.room())
            .post(
                new Message(posted.seq(), posted.sender(), posted.text(), posted.timeMs()), share);
      }
      case Event.MessageKeysForgotten _ -> {}
    }
  }

  /** All rooms as values, oldest first. */
  public List<StateImage.OfRoom> image() {
    return byKey.values().stream().map(Room::image).toList();
  }

  /** Makes the rooms of an image; only {@code State} calls this. */
  public void restore(StateImage image, Sessions sessions) {
    for (StateImage.OfRoom room : image.rooms()) {
      byKey
          .computeIfAbsent(Names.key(room.name()), _ -> new Room(room.name()))
          .restore(room, sessions);
    }
    byKey.values().stream().filter(Rooms::isLeft).forEach(this::keep);
    for (StateImage.OfSession session : image.sessions()) {
      if (!session.rooms().isEmpty()) {
        Set<Room> rooms = new LinkedHashSet<>(2);
        session.rooms().forEach(name -> rooms.add(existing(name)));
        bySession.put(session.id(), rooms);
      }
    }
  }

  private void leave(long session, Room room) {
    room.leave(session);
    Set<Room> rooms = bySession.get(session);
    if (rooms != null) {
      rooms.remove(room);
      if (rooms.isEmpty()) {
        bySession.remove(session);
      }
    }
    if (isLeft(room)) {
      String key = Names.key(room.name());
      byKey.remove(key);
      if (room.lastSeq() > 0) {
        // At the end, so that an image has those that were left in the order of that.
        byKey.put(key, room);
        keep(room);
      }
    }
  }

  private static boolean isLeft(Room room) {
    return room.empty() && !room.name().equals(LOBBY);
  }

  private void keep(Room room) {
    left.add(room);
    leftBytes += room.historyBytes();
    while (left.size() > Limits.MAX_LEFT_ROOMS || leftBytes > Limits.LEFT_HISTORY_BYTES) {
      Room first = left.removeFirst();
      leftBytes -= first.historyBytes();
      byKey.remove(Names.key(first.name()));
    }
  }

  private Room existing(String name) {
    return Objects.requireNonNull(byName(name));
  }
}
