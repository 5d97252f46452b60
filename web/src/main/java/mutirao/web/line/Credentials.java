package mutirao.web.line;

import mutirao.protocol.ClientFrame;
import mutirao.server.local.Caller;

/**
 * What a request shows.
 *
 * @param shown a token, or a name and password; or nothing
 * @param caller what its connection, and what it was found to be before, tell of it
 */
public record Credentials(ClientFrame.Credentials shown, Caller caller) {

  /** Never shows a secret. */
  @Override
  public String toString() {
    return "Credentials[remote=" + caller.remote() + "]";
  }
}
