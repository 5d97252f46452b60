package mutirao.core.session;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import mutirao.core.Event;
import mutirao.core.Limits;
import mutirao.core.Origin;
import mutirao.core.account.Login;
import mutirao.core.image.StateImage;
import mutirao.core.time.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who registered. Connected as long as {@link #origin} is set; without it the session
 * waits, until its deadline, to be taken up again. While it is connected its deadline, if any, is
 * when more of the results that waited for it follow. Only events change it.
 */
public final class Session extends Deadline {
  private final long id;
  private final String name;
  private final String nameKey;
  private final SessionRole role;
  private final List<String> operations;
  private final int slots;
  private final boolean confirm;
  private final boolean presence;
  private final String secretHash;
  private final @Nullable Login login;
  private @Nullable Origin origin;

  private final ArrayDeque<DirectMessage> inbox = new ArrayDeque<>(0);
  private long inboxBytes;
  private long lastDirectSeq;
  private long detachedAfterSeq;
  private long unsentBytes;

  Session(Event.SessionOpened opened) {
    id = opened.session();
    name = opened.name();
    nameKey = Names.key(name);
    role = opened.role();
    operations = List.copyOf(opened.operations());
    slots = opened.slots();
    confirm = opened.confirm();
    presence = opened.presence();
    secretHash = opened.secretHash();
    login = opened.login();
    origin = opened.origin();
  }

  Session(StateImage.OfSession image) {
    id = image.id();
    name = image.name();
    nameKey = Names.key(name);
    role = image.role();
    operations = List.copyOf(image.operations());
    slots = image.slots();
    confirm = image.confirm();
    presence = image.presence();
    secretHash = image.secretHash();
    login = image.login();
    origin = image.origin();
    inbox.addAll(image.inbox());
    for (DirectMessage message : inbox) {
      inboxBytes += message.text().length;
    }
    lastDirectSeq = image.lastDirectSeq();
    detachedAfterSeq = image.detachedAfterSeq();
    unsentBytes = image.unsentBytes();
  }

  StateImage.OfSession image(List<String> rooms, StateImage.Due due) {
    return new StateImage.OfSession(
        id,
        name,
        role,
        operations,
        slots,
        confirm,
        presence,
        secretHash,
        login,
        origin,
        List.copyOf(inbox),
        lastDirectSeq,
        detachedAfterSeq,
        unsentBytes,
        rooms,
        due);
  }

  /** The log index of the entry that opened it. */
  public long id() {
    return id;
  }

  /** The name as it was registered. */
  public String name() {
    return name;
  }

  /** The name as it is compared. */
  public String nameKey() {
    return nameKey;
  }

  public SessionRole role() {
    return role;
  }

  /** What a worker can run; empty for other roles. */
  public List<String> operations() {
    return operations;
  }

  /** Tasks a worker takes at once. */
  public int slots() {
    return slots;
  }

  /** Whether reports are answered with {@code recorded}. */
  public boolean confirm() {
    return confirm;
  }

  /** Whether it is told who comes and goes. */
  public boolean presence() {
    return presence;
  }

  /** Hash of the secret with which it can be taken up again. */
  public String secretHash() {
    return secretHash;
  }

  /** Who it is; null: there was nobody who had to say. */
  public @Nullable Login login() {
    return login;
  }

  /** The connection that serves it; null while it is broken. */
  public @Nullable Origin origin() {
    return origin;
  }

  public boolean connected() {
    return origin != null;
  }

  /** The directs that may have to be sent again, oldest first. */
  public Collection<DirectMessage> inbox() {
    return Collections.unmodifiableCollection(inbox);
  }

  /** How many directs it ever got. */
  public long lastDirectSeq() {
    return lastDirectSeq;
  }

  /** The last direct that went out before the connection broke. */
  public long detachedAfterSeq() {
    return detachedAfterSeq;
  }

  /** True where there is no room for another direct beside those that were never sent. */
  boolean inboxFull(int bytes, long maxBytes) {
    return origin == null
        && (lastDirectSeq - detachedAfterSeq >= Limits.MAX_INBOX_MESSAGES
            || unsentBytes + bytes > maxBytes);
  }

  void attach(Origin to) {
    if (origin != null) {
      // Taken over from under a connection that still stood: nothing arrived while it was broken.
      detachedAfterSeq = lastDirectSeq;
    }
    origin = to;
  }

  void detach() {
    origin = null;
    detachedAfterSeq = lastDirectSeq;
    unsentBytes = 0;
  }

  void receive(DirectMessage message, long maxBytes) {
    inbox.addLast(message);
    inboxBytes += message.text().length;
    lastDirectSeq = message.seq();
    if (origin == null) {
      unsentBytes += message.text().length;
    }
    // Never one that was not sent: there was room for it beside all others of these.
    while (inbox.size() > Limits.MAX_INBOX_MESSAGES || inboxBytes > maxBytes) {
      inboxBytes -= inbox.removeFirst().text().length;
    }
  }
}
