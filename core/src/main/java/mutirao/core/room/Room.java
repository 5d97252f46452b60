package mutirao.core.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import mutirao.core.Limits;
import mutirao.core.image.StateImage;
import mutirao.core.session.Session;
import mutirao.core.session.Sessions;

/** A room: who is in it, and its messages under one gapless sequence. Only events change it. */
public final class Room {
  private final String name;
  private final Map<Long, Session> members = new LinkedHashMap<>();
  private final ArrayDeque<Message> history = new ArrayDeque<>(0);
  private long historyBytes;
  private long lastSeq;

  Room(String name) {
    this.name = name;
  }

  /** The name as its first member wrote it. */
  public String name() {
    return name;
  }

  /** Who is in it, in the order of entering. */
  public Collection<Session> members() {
    return Collections.unmodifiableCollection(members.values());
  }

  public boolean has(long session) {
    return members.containsKey(session);
  }

  /** The sequence number of the newest message; 0 before the first. */
  public long lastSeq() {
    return lastSeq;
  }

  /** The oldest sequence number still kept; {@code lastSeq + 1} where none is. */
  public long firstKeptSeq() {
    return lastSeq - history.size() + 1;
  }

  /**
   * At most {@code limit} kept messages before {@code beforeSeq}, the newest of them, oldest first.
   */
  public List<Message> before(long beforeSeq, int limit) {
    List<Message> page = new ArrayList<>();
    for (Iterator<Message> newest = history.descendingIterator();
        newest.hasNext() && page.size() < limit; ) {
      Message message = newest.next();
      if (message.seq() < beforeSeq) {
        page.add(message);
      }
    }
    Collections.reverse(page);
    return page;
  }

  /** The kept messages after {@code seq}, oldest first. */
  public List<Message> after(long seq) {
    return before(
        Long.MAX_VALUE, (int) Math.min(history.size(), Math.max(0, lastSeq - Math.max(0, seq))));
  }

  StateImage.OfRoom image() {
    long[] inOrder = members.keySet().stream().mapToLong(Long::longValue).toArray();
    return new StateImage.OfRoom(name, inOrder, List.copyOf(history), lastSeq);
  }

  void restore(StateImage.OfRoom image, Sessions sessions) {
    for (long member : image.members()) {
      enter(Objects.requireNonNull(sessions.byId(member)));
    }
    history.addAll(image.history());
    for (Message message : history) {
      historyBytes += message.text().length;
    }
    lastSeq = image.lastSeq();
  }

  void enter(Session session) {
    members.put(session.id(), session);
  }

  void leave(long session) {
    members.remove(session);
  }

  long historyBytes() {
    return historyBytes;
  }

  boolean empty() {
    return members.isEmpty();
  }

  void post(Message message, long maxBytes) {
    if (message.seq() != lastSeq + 1) {
      throw new IllegalStateException("room sequence has a gap or a repeat");
    }
    lastSeq = message.seq();
    history.addLast(message);
    historyBytes += message.text().length;
    while (history.size() > Limits.MAX_HISTORY_MESSAGES || historyBytes > maxBytes) {
      historyBytes -= history.removeFirst().text().length;
    }
  }
}
