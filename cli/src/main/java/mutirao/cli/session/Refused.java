package mutirao.cli.session;

/** A typed line that asks for something that cannot be, refused before anything was sent. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why, in the user's language. */
  public Refused(String message) {
    super(message, null, false, false);
  }
}
