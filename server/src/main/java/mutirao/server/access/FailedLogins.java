package mutirao.server.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import mutirao.core.Command;
import mutirao.core.account.Author;
import mutirao.core.account.Deed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failed logins on their way into the records, and into this server's log. The first of an address
 * for a user is told at once, all others of the same minute as one sum; and of so many pairs of
 * these alone, so that whoever floods fills nothing. Names of users that are not there are told to
 * nobody: people type passwords into the wrong field. Owned by the thread that owns the gateway.
 */
public final class FailedLogins {
  static final long MINUTE_MS = 60_000;

  /** Each costs two lines at most, and all others together one. */
  static final int SUMS_A_MINUTE = 10;

  /** Instead of a user that is not there. */
  private static final String NOBODY = "?";

  /** Instead of a user: all who are not at home where it happened. */
  static final String ANYBODY = "*";

  private static final Logger LOG = LoggerFactory.getLogger(FailedLogins.class);
  private static final Tried REST = new Tried("", Deed.LOGIN_FAILED, NOBODY);

  private final Consumer<Command> records;
  private final Map<Tried, Integer> sums = new LinkedHashMap<>();
  private long endsAtMs;

  /** What is summed. */
  private record Tried(String from, String what, String user) {}

  /** Failed logins, of which {@code records} hears. */
  public FailedLogins(Consumer<Command> records) {
    this.records = records;
  }

  /**
   * Somebody was not let in.
   *
   * @param remote where the connection came from
   * @param user empty where it is none that is there
   */
  void failed(String remote, String user, long nowMs) {
    add(remote, Deed.LOGIN_FAILED, user, nowMs);
  }

  /**
   * So many were not let in that passwords open nothing for a while.
   *
   * @param user whose passwords; {@link #ANYBODY}: those that come from there
   */
  void lockedOut(String remote, String user, long nowMs) {
    add(remote, Deed.LOCKED_OUT, user, nowMs);
  }

  private void add(String remote, String what, String user, long nowMs) {
    tick(nowMs);
    if (sums.isEmpty()) {
      endsAtMs = nowMs + MINUTE_MS;
    }
    Tried tried = new Tried(Networks.host(remote), what, user.isEmpty() ? NOBODY : user);
    if (sums.containsKey(tried)) {
      sums.merge(tried, 1, Integer::sum);
    } else if (sums.size() < SUMS_A_MINUTE) {
      sums.put(tried, 0);
      tell(tried, 1);
    } else {
      sums.merge(REST, 1, Integer::sum);
    }
  }

  /** Tells the sums of a minute that is over. */
  public void tick(long nowMs) {
    if (!sums.isEmpty() && nowMs >= endsAtMs) {
      Map<Tried, Integer> over = new LinkedHashMap<>(sums);
      sums.clear();
      over.forEach(this::tell);
    }
  }

  private void tell(Tried tried, int times) {
    if (times > 0) {
      String about = times == 1 ? tried.user() : tried.user() + " ×" + times;
      LOG.warn("{} from {} as {}", tried.what(), tried.from(), about);
      records.accept(new Command.NoteDeed(new Author(0, tried.from()), tried.what(), about));
    }
  }
}
