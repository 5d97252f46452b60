package mutirao.core.account;

/**
 * One line of the records: who did what to whom, when, and from where.
 *
 * @param who a user's name; empty: nobody had to say
 * @param what the action, as it stands in a frame
 * @param about the user or token it was done to
 */
public record Deed(long atMs, String who, String from, String what, String about) {

  /** Somebody tried to log in and was not let in. */
  public static final String LOGIN_FAILED = "login_failed";

  /** So many tried for one user that its password opens nothing for a while. */
  public static final String LOCKED_OUT = "locked_out";

  /** Whether a stranger brought it about; such deeds have their own room. */
  boolean ofStranger() {
    return what.equals(LOGIN_FAILED) || what.equals(LOCKED_OUT);
  }
}
