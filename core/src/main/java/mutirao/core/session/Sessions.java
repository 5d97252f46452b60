package mutirao.core.session;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import mutirao.core.Event;
import mutirao.core.Limits;
import mutirao.core.LongMap;
import mutirao.core.image.StateImage;
import mutirao.core.time.Deadlines;
import org.jspecify.annotations.Nullable;

/**
 * Everybody who is registered, in the order of arrival. A name and a secret lead to at most one
 * session.
 */
public final class Sessions {
  private final Deadlines deadlines;
  private final LongMap<Session> byId = new LongMap<>();
  private final Set<Session> inOrder = new LinkedHashSet<>();
  private final Map<String, Session> byName = new HashMap<>();
  private final Map<String, Session> bySecret = new HashMap<>();

  /** No sessions yet; broken ones put their end of patience into {@code deadlines}. */
  public Sessions(Deadlines deadlines) {
    this.deadlines = deadlines;
  }

  public @Nullable Session byId(long id) {
    return byId.get(id);
  }

  /** The session that holds a name, given in its compared form (see {@link Names#key}). */
  public @Nullable Session byNameKey(String nameKey) {
    return byName.get(nameKey);
  }

  @Nullable Session bySecretHash(String hash) {
    return bySecret.get(hash);
  }

  /** All sessions, connected and broken, in the order of arrival. */
  public Collection<Session> all() {
    return Collections.unmodifiableCollection(inOrder);
  }

  public int size() {
    return byId.size();
  }

  /** Bytes of directs each may keep now. */
  long inboxBytes() {
    return Math.min(Limits.MAX_INBOX_BYTES, Limits.SHARED_INBOX_BYTES / Math.max(1, size()));
  }

  /** All sessions as values, each with the names of its rooms. */
  public List<StateImage.OfSession> image(LongFunction<List<String>> roomsOf) {
    return inOrder.stream()
        .map(session -> session.image(roomsOf.apply(session.id()), deadlines.image(session)))
        .toList();
  }

  /** Adds the sessions of an image; only {@code State} calls this. */
  public void restore(List<StateImage.OfSession> images) {
    for (StateImage.OfSession image : images) {
      Session session = new Session(image);
      add(session);
      deadlines.restore(session, image.due());
    }
  }

  /** Applies an event; only {@code State} calls this. */
  public void evolve(Event.OfSession event) {
    switch (event) {
      case Event.SessionOpened opened -> add(new Session(opened));
      case Event.SessionDetached detached -> {
        Session session = existing(detached.session());
        session.detach();
        deadlines.set(session, detached.untilMs());
      }
      case Event.SessionKept kept -> deadlines.set(existing(kept.session()), kept.untilMs());
      case Event.SessionResumed resumed -> {
        Session session = existing(resumed.session());
        deadlines.drop(session);
        session.attach(resumed.origin());
      }
      case Event.SessionClosed closed -> remove(existing(closed.session()));
      case Event.DirectSent sent ->
          existing(sent.session())
              .receive(
                  new DirectMessage(sent.seq(), sent.sender(), sent.text(), sent.timeMs()),
                  inboxBytes());
    }
  }

  private void add(Session session) {
    boolean free =
        byName.putIfAbsent(session.nameKey(), session) == null
            && bySecret.putIfAbsent(session.secretHash(), session) == null
            && byId.putIfAbsent(session.id(), session)
            && inOrder.add(session);
    if (!free) {
      throw new IllegalStateException("two sessions with one name, secret or id");
    }
  }

  private void remove(Session session) {
    deadlines.drop(session);
    byId.remove(session.id());
    inOrder.remove(session);
    byName.remove(session.nameKey());
    bySecret.remove(session.secretHash());
  }

  private Session existing(long id) {
    Session session = byId.get(id);
    if (session == null) {
      throw new IllegalStateException("no session " + id);
    }
    return session;
  }
}
