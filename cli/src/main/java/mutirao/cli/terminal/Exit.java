package mutirao.cli.terminal;

import mutirao.client.MutiraoException;
import mutirao.protocol.ErrorCode;

/** The exit codes, all of them. */
public final class Exit {
  /** Done. */
  public static final int DONE = 0;

  /** The work failed: a task failed, the server refused, an input was too large. */
  public static final int FAILED = 1;

  /** Wrong usage. */
  public static final int USAGE = 2;

  /** No server could be reached, or none that can decide (sysexits.h: EX_UNAVAILABLE). */
  public static final int UNREACHABLE = 69;

  /** Not authorised (sysexits.h: EX_NOPERM). */
  public static final int UNAUTHORIZED = 77;

  private Exit() {}

  /** The exit code for what a call to the server failed with. */
  public static int of(MutiraoException failure) {
    // Without a time for another try, what was asked for does not exist there.
    boolean later = failure.is(ErrorCode.UNAVAILABLE) && failure.retryAfterMs().isPresent();
    return failure.unreachable() || later ? UNREACHABLE : ofCode(failure.code());
  }

  /** The exit code for the code of a failure or of the end of a connection. */
  public static int ofCode(String code) {
    if (code.equals(MutiraoException.UNREACHABLE)) {
      return UNREACHABLE;
    }
    boolean denied =
        code.equals(ErrorCode.UNAUTHORIZED.wireName())
            || code.equals(ErrorCode.FORBIDDEN.wireName());
    return denied ? UNAUTHORIZED : FAILED;
  }
}
