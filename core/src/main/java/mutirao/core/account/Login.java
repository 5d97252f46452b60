package mutirao.core.account;

import org.jspecify.annotations.Nullable;

/**
 * What a server made sure of before it let somebody register. The machine looks again: what a
 * server knew may be out of date by the time its command has its place in the log.
 *
 * @param user the compared name of the user; empty in {@link #OPEN}
 * @param token the hash of the token that was shown; null: a password or a certificate was
 * @param stamp {@link Account#stamp} of the account that was found; 0 with a token
 */
public record Login(String user, @Nullable String token, long stamp) {

  /** Of a server that was told to let in anybody. */
  public static final Login OPEN = new Login("", null, 0);

  /** Whether it says of nobody who it is: {@link #OPEN}. */
  public boolean isNobodys() {
    return equals(OPEN);
  }

  /** Leaves the hash out. */
  @Override
  public String toString() {
    return "Login[user=" + user + ", token=" + (token != null) + ", stamp=" + stamp + "]";
  }
}
