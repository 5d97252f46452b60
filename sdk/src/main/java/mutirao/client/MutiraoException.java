package mutirao.client;

import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import mutirao.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Why a call did not succeed. {@link #code()} is either one of the protocol's error codes, such as
 * {@code name_taken}, or one of the constants here for what went wrong on this side; a task's own
 * failure carries the worker's code.
 */
public final class MutiraoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** No server could be connected to. */
  public static final String UNREACHABLE = "unreachable";

  /** The server's certificate is signed by nobody whom this client trusts. */
  public static final String TLS_UNTRUSTED = "tls_untrusted";

  /** The server's certificate has expired, or does not count yet. */
  public static final String TLS_EXPIRED = "tls_expired";

  /** The server's certificate is about another host than the one that was named. */
  public static final String TLS_WRONG_HOST = "tls_wrong_host";

  /** The server wants a certificate of this client, or does not trust the one it was shown. */
  public static final String TLS_REFUSED = "tls_refused";

  /** There is no TLS with this server; it does not speak it, perhaps. */
  public static final String TLS_FAILED = "tls_failed";

  /** The connection broke while the answer was under way. */
  public static final String DISCONNECTED = "disconnected";

  /** No answer came within the time for it. */
  public static final String TIMEOUT = "timeout";

  /** The client is closed. */
  public static final String CLOSED = "closed";

  /** More is waiting to be sent than the client may hold. */
  public static final String QUEUE_FULL = "queue_full";

  /** The waiting thread was interrupted. */
  public static final String INTERRUPTED = "interrupted";

  /** The task is {@code quiet}: its result is not pushed, ask for it with a query. */
  public static final String QUIET = "quiet";

  private final String code;
  private final boolean definite;
  private final @Nullable String field;
  private final @Nullable Long retryAfterMs;

  /** An exception about something on this side. */
  public MutiraoException(
      String code, String message, boolean definite, @Nullable Throwable cause) {
    this(code, message, definite, null, null, cause);
  }

  /** An exception with everything a server's error may tell. */
  public MutiraoException(
      String code,
      String message,
      boolean definite,
      @Nullable String field,
      @Nullable Long retryAfterMs,
      @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.definite = definite;
    this.field = field;
    this.retryAfterMs = retryAfterMs;
  }

  /** What a future failed with, as this exception. */
  static MutiraoException of(Throwable failure) {
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    Throwable inner = wrapped ? failure.getCause() : null;
    Throwable cause = inner == null ? failure : inner;
    // A copy, so that the stack trace shows who waited; the original is its cause.
    if (cause instanceof MutiraoException known) {
      return new MutiraoException(
          known.code,
          String.valueOf(known.getMessage()),
          known.definite,
          known.field,
          known.retryAfterMs,
          known);
    }
    return new MutiraoException(
        ErrorCode.INTERNAL.wireName(), String.valueOf(cause.getMessage()), false, cause);
  }

  /** What went wrong, for programs. */
  public String code() {
    return code;
  }

  /** The protocol's code; empty for a problem on this side or a worker's own code. */
  public Optional<ErrorCode> errorCode() {
    return ErrorCode.fromWire(code);
  }

  /** Whether {@link #code()} is this one. */
  public boolean is(ErrorCode other) {
    return code.equals(other.wireName());
  }

  /** Whether no connection to a server came about, for whatever reason. */
  public boolean unreachable() {
    return code.equals(UNREACHABLE) || code.startsWith("tls_");
  }

  /**
   * True where the call certainly had no effect and never will; false where it may have happened,
   * so that one has to ask before repeating what must not happen twice.
   */
  public boolean definite() {
    return definite;
  }

  /** The field of the request that is wrong, where the server named one. */
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }

  /** How long an overloaded server asks to wait, in milliseconds. */
  public Optional<Long> retryAfterMs() {
    return Optional.ofNullable(retryAfterMs);
  }
}
