package mutirao.cli.session;

import java.util.concurrent.CompletionException;
import mutirao.cli.text.Texts;
import mutirao.client.MutiraoException;

/** Failures in words. */
public final class Failures {
  private Failures() {}

  /** What a future failed with, without what futures wrap around it. */
  public static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  /**
   * The sentence for a failure of a call: ours for what went wrong on this side, the server's for
   * what it refused, which comes in our language already.
   */
  public static String describe(Texts texts, Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof MutiraoException known) {
      String key = "failure." + known.code();
      return texts.has(key) ? texts.get(key) : String.valueOf(known.getMessage());
    }
    if (cause instanceof Refused) {
      return String.valueOf(cause.getMessage());
    }
    return texts.get("failure.unexpected", String.valueOf(cause));
  }

  /** Whether the call may have had an effect all the same. */
  public static boolean indefinite(Throwable failure) {
    return cause(failure) instanceof MutiraoException known && !known.definite();
  }
}
