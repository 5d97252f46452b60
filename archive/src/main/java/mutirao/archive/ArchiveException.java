package mutirao.archive;

/** The archive cannot do what was asked; the server can do without it. */
public final class ArchiveException extends Exception {
  private static final long serialVersionUID = 1;

  ArchiveException(String message, Throwable cause) {
    super(message, cause);
  }
}
