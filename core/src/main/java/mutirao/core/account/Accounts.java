package mutirao.core.account;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mutirao.core.Event;
import mutirao.core.image.StateImage;
import mutirao.core.session.Names;
import mutirao.core.session.Session;
import mutirao.core.time.Deadline;
import mutirao.core.time.Deadlines;
import org.jspecify.annotations.Nullable;

/** Every user and every token, in the order in which they were made. Only events change it. */
public final class Accounts {
  private final Deadlines deadlines;
  private final Map<String, Account> users = new LinkedHashMap<>();
  private final Map<String, AccessToken> tokens = new LinkedHashMap<>();
  private final Deeds deeds = new Deeds();

  /** No users yet; tokens put the end of their time into {@code deadlines}. */
  public Accounts(Deadlines deadlines) {
    this.deadlines = deadlines;
  }

  /** Whether there is nobody who could log in: then nobody has to. */
  public boolean isEmpty() {
    return users.isEmpty();
  }

  public Collection<Account> users() {
    return Collections.unmodifiableCollection(users.values());
  }

  /** A user by the compared form of the name. */
  public @Nullable Account user(String nameKey) {
    return users.get(nameKey);
  }

  public Collection<AccessToken> tokens() {
    return Collections.unmodifiableCollection(tokens.values());
  }

  /** A token by its hash. */
  public @Nullable AccessToken token(String hash) {
    return tokens.get(hash);
  }

  /** The records, oldest first. */
  public Collection<Deed> deeds() {
    return deeds.all();
  }

  /** What a login is good for at {@code nowMs}; null: nothing (any more), as without a login. */
  public @Nullable Grant grant(@Nullable Login login, long nowMs) {
    Account user = login == null ? null : users.get(login.user());
    if (login == null || user == null) {
      return null;
    }
    if (login.token() == null) {
      return user.stamp() == login.stamp()
          ? new Grant(user.name(), user.role(), user.operations())
          : null;
    }
    AccessToken token = tokens.get(login.token());
    if (token == null
        || !token.terms().user().equals(login.user())
        || token.terms().expiresAtMs() <= nowMs) {
      return null;
    }
    return new Grant(user.name(), token.terms().role(), token.terms().operations());
  }

  /** Whether somebody with this login may be there; null: with none. */
  public boolean admits(@Nullable Login login, long nowMs) {
    return login == null ? users.isEmpty() : login.isNobodys() || grant(login, nowMs) != null;
  }

  /**
   * Whether a session may see and end the tasks that were submitted under a name: its own, those of
   * the same user's other sessions, and an admin everybody's. Without users everybody has a name
   * and nothing else.
   */
  public boolean owns(Session session, String submitterKey, long nowMs) {
    Login login = session.login();
    if (submitterKey.equals(session.nameKey())) {
      return true;
    }
    if (login == null) {
      return false;
    }
    Grant grant = grant(login, nowMs);
    return grant != null
        && (grant.role() == AccountRole.ADMIN || login.user().equals(Names.user(submitterKey)));
  }

  /** All of it as values. */
  public StateImage.OfAccounts image() {
    return new StateImage.OfAccounts(
        List.copyOf(users.values()),
        tokens.values().stream()
            .map(token -> new StateImage.OfToken(token.terms(), deadlines.image(token)))
            .toList(),
        deeds.all());
  }

  /** Adds what an image holds; only {@code State} calls this. */
  public void restore(StateImage.OfAccounts image) {
    image.users().forEach(user -> users.put(Names.key(user.name()), user));
    for (StateImage.OfToken each : image.tokens()) {
      AccessToken token = new AccessToken(each.terms());
      tokens.put(each.terms().hash(), token);
      deadlines.restore(token, each.due());
    }
    image.deeds().forEach(deeds::add);
  }

  /** Applies an event; only {@code State} calls this. */
  public void evolve(Event.OfAccount event) {
    switch (event) {
      case Event.UserPut put -> users.put(Names.key(put.account().name()), put.account());
      case Event.UserRemoved removed -> users.remove(removed.user());
      case Event.TokenPut put -> {
        AccessToken token = new AccessToken(put.terms());
        tokens.put(put.terms().hash(), token);
        if (put.terms().expiresAtMs() != Deadline.NEVER) {
          deadlines.set(token, put.terms().expiresAtMs());
        }
      }
      case Event.TokenRemoved removed -> {
        AccessToken token = tokens.remove(removed.hash());
        if (token != null) {
          deadlines.drop(token);
        }
      }
      case Event.DeedRecorded recorded -> deeds.add(recorded.deed());
    }
  }
}
