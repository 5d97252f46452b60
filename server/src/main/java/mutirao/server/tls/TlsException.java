package mutirao.server.tls;

/** The files for TLS cannot be used as they are; the message says which, and why. */
public final class TlsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with the message of its cause. */
  public TlsException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
