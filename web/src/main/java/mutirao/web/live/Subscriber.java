package mutirao.web.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import mutirao.core.account.AccountRole;
import mutirao.core.session.Names;
import mutirao.server.access.Principal;
import mutirao.web.http.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who listens. What is told waits here until it has been written; who does not read is let
 * go. Thread-safe.
 */
public final class Subscriber {
  private static final int MAX_WAITING = 256;

  /** Something told. */
  public record Item(String topic, String data) {}

  private final Set<String> topics;
  private final Principal principal;
  private final Locale language;
  private final BlockingQueue<Item> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private volatile boolean closed;

  /** A listener to some topics. */
  public Subscriber(Set<String> topics, Principal principal, Locale language) {
    this.topics = topics;
    this.principal = principal;
    this.language = language;
  }

  boolean wants(String topic) {
    return topics.contains(topic);
  }

  /** Nobody's are all of one. */
  boolean isOfSameUser(Subscriber other) {
    return principal.user().equals(other.principal.user());
  }

  Locale language() {
    return language;
  }

  /** The changes it may see; null where there are none. */
  @Nullable String tasks(List<Feed.Change> changes, int skipped) {
    boolean all = principal.role() == AccountRole.ADMIN;
    String user = Names.key(principal.user());
    List<Object> visible = new ArrayList<>();
    for (Feed.Change change : changes) {
      if (all || user.equals(Names.user(change.submitterKey()))) {
        visible.add(change.json().members());
      }
    }
    if (visible.isEmpty() && !(all && skipped > 0)) {
      return null;
    }
    return Feed.text(
        new JsonObject()
            .put("at", System.currentTimeMillis())
            .put("changes", visible)
            .put("skipped", all ? skipped : 0));
  }

  void tell(String topic, String data) {
    if (!waiting.offer(new Item(topic, data))) {
      closed = true;
    }
  }

  /** The next thing told; null where nothing is within this time. */
  public @Nullable Item next(long withinMs) throws InterruptedException {
    return waiting.poll(withinMs, TimeUnit.MILLISECONDS);
  }

  /** Whether it is to be let go. */
  public boolean isClosed() {
    return closed;
  }

  /** Lets it go. */
  public void close() {
    closed = true;
  }
}
