package mutirao.web.line;

import mutirao.core.account.Login;
import mutirao.protocol.ClientFrame;
import org.jspecify.annotations.Nullable;

/**
 * What a caller shows.
 *
 * @param shown a token, or a name and password; or nothing
 * @param certificateName whom its own certificate names, verified; null: none
 * @param login what it was found to be before; null: nothing
 * @param remote where it calls from
 */
public record Credentials(
    ClientFrame.Credentials shown,
    @Nullable String certificateName,
    @Nullable Login login,
    String remote) {

  /** Never shows a secret. */
  @Override
  public String toString() {
    return "Credentials[remote=" + remote + "]";
  }
}
