package mutirao.core;

/**
 * The bounds of the state. Each stands here once, with its reason; at it a command is refused,
 * never half done.
 */
public final class Limits {

  /** Sessions, connected or broken: presence lists and fan-out are linear in it. */
  public static final int MAX_SESSIONS = 20_000;

  /** Users: the list of all fits into one frame. */
  public static final int MAX_USERS = 2000;

  /** Tokens that are good at once: as for users. */
  public static final int MAX_TOKENS = 2000;

  /** Changes of users and tokens that are on record. */
  public static final int MAX_DEEDS = 1000;

  /** Failed logins that are on record, beside these: nobody's flood pushes out what users did. */
  public static final int MAX_FAILED_LOGINS = 1000;

  /** Rooms that somebody is in, at once. */
  public static final int MAX_ROOMS = 10_000;

  /** Rooms one session may be in: leaving them all is one entry's work. */
  public static final int MAX_ROOMS_PER_SESSION = 100;

  /** Rooms that everybody has left and that are kept all the same. */
  public static final int MAX_LEFT_ROOMS = 1000;

  /** Bytes of messages in those. */
  public static final int LEFT_HISTORY_BYTES = 128 * 1024 * 1024;

  /** Messages kept for {@code history} and resume, per room. */
  public static final int MAX_HISTORY_MESSAGES = 1000;

  /** Bytes of kept messages per room, as long as there are few. */
  public static final int MAX_HISTORY_BYTES = 1024 * 1024;

  /** Bytes of kept messages that all rooms share: the more rooms, the less each keeps. */
  public static final int SHARED_HISTORY_BYTES = 128 * 1024 * 1024;

  /**
   * Directs kept per session for resume; when broken, further ones are refused rather than lost.
   */
  public static final int MAX_INBOX_MESSAGES = 256;

  /** Bytes of kept directs per session, as long as there are few. */
  public static final int MAX_INBOX_BYTES = 1024 * 1024;

  /** Bytes of kept directs that all sessions share: the more sessions, the less each keeps. */
  public static final int SHARED_INBOX_BYTES = 128 * 1024 * 1024;

  /** Operations of all workers, each counted once a worker: a queue and some links for each. */
  public static final int MAX_OPERATIONS = 200_000;

  /**
   * How full of params and results the state may be when a task is accepted, in percent: the rest
   * is for the results of what was accepted.
   */
  public static final int PAYLOAD_PERCENT_FOR_SUBMITS = 70;

  /** How long a message's idempotency key counts. */
  public static final long MESSAGE_KEY_MS = 600_000;

  /** Message keys remembered at once, about 100 bytes each. */
  public static final int MAX_MESSAGE_KEYS = 500_000;

  /** Message keys forgotten at once, so that no entry takes long. */
  public static final int MESSAGE_KEYS_AT_ONCE = 100;

  /** Longest wait between attempts. */
  public static final long MAX_BACKOFF_MS = 3_600_000;

  /**
   * Share of the wait that chance may add or take, in percent, so that failed tasks do not come
   * back in step.
   */
  public static final int BACKOFF_JITTER_PERCENT = 20;

  /** Deadlines settled in one entry: the rest follows in the next, so that no entry takes long. */
  public static final int MAX_DUE_PER_ENTRY = 1000;

  /** Results handed over at once to somebody who comes back: no more than a connection takes. */
  public static final int RESULTS_AT_ONCE = 256;

  /** Bytes of such results and their params; a larger result comes alone. */
  public static final int RESULT_BYTES_AT_ONCE = 1024 * 1024;

  /** Pause before the next portion, in which the last one is read. */
  public static final long RESULTS_PAUSE_MS = 50;

  /** What a refused client is told to wait where nothing better is known. */
  public static final long OVERLOADED_RETRY_MS = 1000;

  private Limits() {}
}
