package mutirao.cli.tasks;

/** More input than one frame can carry. */
public final class InputTooLargeException extends Exception {
  private static final long serialVersionUID = 1L;
}
