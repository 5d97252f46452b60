package mutirao.server;

/** The data folder cannot be used as it is; the message says why, and what to do. */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StorageException(Throwable cause) {
    super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
  }
}
