package mutirao.server.access;

import java.util.List;
import java.util.Map;
import mutirao.core.account.Account;
import mutirao.server.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * Stops guessing long before it leads anywhere: what fails counts for the name that was tried and
 * for the address it came from. Where a user was let in by password before, the user is counted
 * apart, so that nobody keeps others out who are at home. Memory only: a restart forgets it. Owned
 * by the thread that owns the gateway.
 */
final class Guesses {
  /** Wrong passwords for one name. */
  static final int MOST_A_NAME = 10;

  static final long NAME_WINDOW_MS = 900_000;

  /** What one thread hashes within a window, at 14 ms each: no flood makes it forget a name. */
  static final int MAX_NAMES = 65_536;

  /** What one address shows that opens nothing, whatever it is. */
  static final int MOST_AN_ADDRESS = 30;

  static final long ADDRESS_WINDOW_MS = 60_000;
  static final long LONGEST_LOCK_MS = 900_000;
  static final int MAX_ADDRESSES = 10_000;

  /** Addresses at which a user is at home. */
  static final int MAX_HOMES = 8;

  private static final int MAX_USERS_AT_HOME = 4000;

  private final Throttle names =
      new Throttle(MOST_A_NAME, NAME_WINDOW_MS, NAME_WINDOW_MS, MAX_NAMES);
  private final Throttle addresses =
      new Throttle(MOST_AN_ADDRESS, ADDRESS_WINDOW_MS, LONGEST_LOCK_MS, MAX_ADDRESSES);
  private final Throttle atHome =
      new Throttle(MOST_A_NAME, NAME_WINDOW_MS, NAME_WINDOW_MS, MAX_NAMES);
  private final Map<String, Map<String, Boolean>> homes = new Remembered<>(MAX_USERS_AT_HOME);

  private record Counter(Throttle throttle, String key) {}

  /** What a failure locked. */
  record Locked(boolean user, boolean address) {}

  /** One password for one name, from one address. */
  final class Guess {
    private final @Nullable String account;
    private final String network;
    private final List<Counter> counters;

    private Guess(String name, @Nullable Account user, String network) {
      this.network = network;
      // Of the account as it is: whoever knew an old password is no longer at home.
      this.account = user == null ? null : user.name() + " " + user.stamp();
      this.counters =
          account != null && homes.getOrDefault(account, Map.of()).containsKey(network)
              ? List.of(new Counter(atHome, account + " " + network))
              // Short, whatever somebody made up as a name.
              : List.of(new Counter(names, Secrets.hash(name)), new Counter(addresses, network));
    }

    /** For how long it is not looked at; 0: it is. */
    long lockedMs(long nowMs) {
      return counters.stream()
          .mapToLong(counter -> counter.throttle.lockedMs(counter.key, nowMs))
          .max()
          .orElse(0);
    }

    /** Whether too many of its kind are being looked at. */
    boolean isBusy(long nowMs) {
      return counters.stream().anyMatch(counter -> counter.throttle.isBusy(counter.key, nowMs));
    }

    void begins() {
      counters.forEach(counter -> counter.throttle.begins(counter.key));
    }

    /** It was not looked at after all. */
    void untried() {
      counters.forEach(counter -> counter.throttle.ends(counter.key));
    }

    /** From now on the user is at home there. */
    void right() {
      untried();
      if (account != null) {
        Map<String, Boolean> places =
            homes.computeIfAbsent(account, _ -> new Remembered<>(MAX_HOMES));
        places.remove(network);
        places.put(network, true);
      }
    }

    Locked wrong(long nowMs) {
      untried();
      boolean user = false;
      boolean address = false;
      for (Counter counter : counters) {
        boolean locked = counter.throttle.failed(counter.key, nowMs);
        user |= locked && counter.throttle != addresses;
        address |= locked && counter.throttle == addresses;
      }
      return new Locked(user, address);
    }
  }

  /**
   * A password for a name.
   *
   * @param user who is called so; null where nobody is
   */
  Guess of(String name, @Nullable Account user, String network) {
    return new Guess(name, user, network);
  }

  /** For how long nothing of this address is looked at that may be guessed. */
  long lockedMs(String network, long nowMs) {
    return addresses.lockedMs(network, nowMs);
  }

  /** A token or a certificate opened nothing. */
  Locked wrong(String network, long nowMs) {
    return new Locked(false, addresses.failed(network, nowMs));
  }
}
