package mutirao.client;

import org.jspecify.annotations.Nullable;

/** How an operation says why it failed and whether trying again makes sense. */
public final class OperationException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The params are not what the operation needs. */
  public static final String BAD_INPUT = "bad_input";

  /** Anything that has no code of its own. */
  public static final String ERROR = "error";

  private final String code;
  private final boolean retry;

  /**
   * A failure.
   *
   * @param code for programs, 1 to 64 characters
   * @param message for people
   * @param retry whether another attempt makes sense
   */
  public OperationException(String code, String message, boolean retry) {
    this(code, message, retry, null);
  }

  /** A failure with what caused it; the cause stays on the worker's side. */
  public OperationException(String code, String message, boolean retry, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.retry = retry;
  }

  /** Wrong params: code {@code bad_input}, no further attempt; the message names the field. */
  public static OperationException badInput(String field, String problem) {
    return new OperationException(BAD_INPUT, field + ": " + problem, false);
  }

  /** What went wrong, for programs. */
  public String code() {
    return code;
  }

  /** Whether another attempt makes sense. */
  public boolean retry() {
    return retry;
  }
}
