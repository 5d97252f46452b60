package mutirao.chaos.load;

import mutirao.chaos.history.Phase;
import mutirao.client.MutiraoException;

/** What a failure says about whether something happened. */
final class Doubt {
  private Doubt() {}

  static Phase phase(Throwable failure) {
    Throwable cause = failure instanceof MutiraoException ? failure : failure.getCause();
    return cause instanceof MutiraoException known && known.definite() ? Phase.FAIL : Phase.INFO;
  }
}
