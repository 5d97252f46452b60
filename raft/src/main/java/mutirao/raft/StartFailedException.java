package mutirao.raft;

/** The log could not be started; the cause says why. */
public final class StartFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartFailedException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
