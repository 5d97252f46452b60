package mutirao.protocol.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is, or what was just made.
 *
 * @param secret a new token, told this once
 */
public record AccountList(
    List<UserView> users, List<TokenView> tokens, List<DeedView> deeds, @Nullable String secret) {

  /** Nothing to tell but that it was done. */
  public static final AccountList DONE = new AccountList(List.of(), List.of(), List.of(), null);

  /** Never shows a secret. */
  @Override
  public String toString() {
    return "AccountList[users=" + users + ", tokens=" + tokens + "]";
  }
}
