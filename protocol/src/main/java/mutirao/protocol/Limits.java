package mutirao.protocol;

import java.util.regex.Pattern;

/**
 * The bounds of the wire. Each stands here once, with its reason; docs/limits.md says what a peer
 * sees at it.
 */
public final class Limits {

  /** The protocol's version, told in {@code registered}. */
  public static final int PROTOCOL_VERSION = 1;

  /** Where a server listens unless told otherwise. */
  public static final int DEFAULT_PORT = 5050;

  /** Where the web edge listens unless told otherwise. */
  public static final int DEFAULT_WEB_PORT = 5051;

  /**
   * Bytes of one frame without its newline: large enough for a book chapter, small enough to hold
   * for 10,000 peers.
   */
  public static final int MAX_FRAME_BYTES = 1024 * 1024;

  /**
   * Before a peer has registered it may send less: nobody is known yet, so nobody is trusted with
   * memory.
   */
  public static final int MAX_FRAME_BYTES_UNREGISTERED = 64 * 1024;

  /** Nested arrays and objects: a recursive reader in any language survives this many. */
  public static final int MAX_DEPTH = 64;

  /**
   * Digits of one number: what the strictest readers of other languages still take, and cheap to
   * convert.
   */
  public static final int MAX_NUMBER_CHARS = 1000;

  /** Broken frames in a row before the server hangs up: a lost client, not a typing person. */
  public static final int MAX_MALFORMED_IN_A_ROW = 10;

  /** Characters (code points) of a client's name. */
  public static final int MAX_NAME_CHARS = 64;

  /** Characters of a user's name: a session's has some more. */
  public static final int MAX_USER_CHARS = 48;

  /** Characters of a new password, at least: what OWASP ASVS 5.0 (6.2.1) asks for. */
  public static final int MIN_PASSWORD_CHARS = 8;

  /** Characters of a new password, at most. */
  public static final int MAX_PASSWORD_CHARS = 256;

  /** Characters of what a token's maker calls it. */
  public static final int MAX_LABEL_CHARS = 64;

  /** Operations that a user or token may be limited to. */
  public static final int MAX_ACCOUNT_OPERATIONS = 64;

  /** Characters (code points) of a room's name. */
  public static final int MAX_ROOM_CHARS = 64;

  /** Characters of {@code ref} where it is a string. */
  public static final int MAX_REF_CHARS = 64;

  /**
   * Characters of a task id a client asks for; ours are shorter, so that a longer one can only be a
   * mistake.
   */
  public static final int MAX_TASK_CHARS = 64;

  /** Characters of an idempotency key. */
  public static final int MAX_KEY_CHARS = 128;

  /** Characters of an operation's name. */
  public static final int MAX_OPERATION_CHARS = 128;

  /** Operations one worker may announce. */
  public static final int MAX_OPERATIONS = 1024;

  /** Tasks one worker may hold at once. */
  public static final int MAX_SLOTS = 1024;

  /** UTF-8 bytes of one chat message, decoded. */
  public static final int MAX_MESSAGE_BYTES = 65_536;

  /** UTF-8 bytes of a {@code progress} message or of an error's message. */
  public static final int MAX_NOTE_BYTES = 4096;

  /** Characters of an error code a worker reports. */
  public static final int MAX_WORKER_ERROR_CODE_CHARS = 64;

  /** Characters of the words of a {@code search}. */
  public static final int MAX_SEARCH_CHARS = 1000;

  /** Characters of a {@code cursor}; ours are shorter. */
  public static final int MAX_CURSOR_CHARS = 64;

  /** Most rows of {@code history}, {@code search} and {@code tasks} in one answer. */
  public static final int MAX_PAGE = 1000;

  /** Rows where the asker names no {@code limit}. */
  public static final int DEFAULT_PAGE = 50;

  /** Highest priority; 0 is the lowest. */
  public static final int MAX_PRIORITY = 9;

  /** The priority of a task that names none. */
  public static final int DEFAULT_PRIORITY = 4;

  /** One attempt may take this long without progress unless the task says otherwise. */
  public static final long DEFAULT_TIMEOUT_MS = 60_000;

  /** Attempts before a task is failed unless it says otherwise. */
  public static final int DEFAULT_MAX_ATTEMPTS = 3;

  /** Most attempts a task may ask for. */
  public static final int MAX_ATTEMPTS = 1000;

  /** First wait after a failed attempt unless the task says otherwise. */
  public static final long DEFAULT_BACKOFF_MS = 1000;

  /** How long a finished task is kept unless it says otherwise. */
  public static final long DEFAULT_KEEP_MS = 3_600_000;

  /**
   * Longest duration any field accepts: ten years; beyond it a number is a mistake and sums could
   * overflow.
   */
  public static final long MAX_DURATION_MS = 315_360_000_000L;

  /**
   * Latest instant any field accepts: the end of the year 9999; sums of it and a duration cannot
   * overflow.
   */
  public static final long MAX_TIME_MS = 253_402_300_799_999L;

  /** The room everybody is in. */
  public static final String DEFAULT_ROOM = "lobby";

  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  private Limits() {}

  /** Whether a new password is neither too short nor too long. */
  public static boolean allowsPassword(String password) {
    int chars = password.codePointCount(0, password.length());
    return chars >= MIN_PASSWORD_CHARS && chars <= MAX_PASSWORD_CHARS;
  }

  /** Whether this names a trace as W3C Trace Context does: version, trace, span and flags. */
  public static boolean allowsTraceparent(String text) {
    return TRACEPARENT.matcher(text).matches();
  }
}
