package mutirao.protocol.codec.scan;

import mutirao.protocol.Limits;

/**
 * Finds the end of a JSON object by its braces and strings alone, in as many pieces as it comes. It
 * judges nothing else; the parser does, once the object is complete. Not thread-safe.
 */
public final class ObjectScanner {

  /** How a call of {@link #scan} ended. */
  public enum Outcome {
    /** The object ends before the index returned. */
    COMPLETE,
    /** At the index returned there is a newline, which no frame may contain. */
    UNFINISHED,
    /** At the index returned there is one bracket too many. */
    TOO_DEEP,
    /** All bytes were looked at and the object goes on. */
    MORE
  }

  private int depth;
  private boolean inString;
  private boolean escaped;
  private int flags;
  private Outcome outcome = Outcome.MORE;

  /** Starts over; the next byte is the brace that opens an object. */
  public void begin() {
    depth = 0;
    inString = false;
    escaped = false;
    flags = 0;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** What was met in the object so far, see {@link Bytes}. */
  public int flags() {
    return flags;
  }

  /**
   * Looks at the bytes {@code [from, to)}, which follow those of the calls before; see {@link
   * #outcome}.
   */
  public int scan(byte[] bytes, int from, int to) {
    outcome = Outcome.MORE;
    int at = from;
    while (at < to && outcome == Outcome.MORE) {
      at = inString ? scanString(bytes, at, to) : scanTokens(bytes, at, to);
    }
    return at;
  }

  private int scanString(byte[] bytes, int from, int to) {
    int at = from;
    if (escaped) {
      escaped = false;
      if (bytes[at] != '\n') {
        flags |= Bytes.flag(bytes[at++]);
      }
    }
    for (; at < to; at++) {
      at = Bytes.skipPlain(bytes, at, to);
      if (at == to) {
        break;
      }
      byte value = bytes[at];
      flags |= Bytes.flag(value);
      switch (value) {
        case '"' -> {
          inString = false;
          return at + 1;
        }
        case '\\' -> {
          if (at + 1 == to) {
            escaped = true;
          } else if (bytes[at + 1] != '\n') {
            flags |= Bytes.flag(bytes[++at]);
          }
        }
        case '\n' -> {
          outcome = Outcome.UNFINISHED;
          return at;
        }
        default -> {}
      }
    }
    return to;
  }

  private int scanTokens(byte[] bytes, int from, int to) {
    for (int at = from; at < to; at++) {
      byte value = bytes[at];
      flags |= Bytes.flag(value);
      switch (value) {
        case '"' -> {
          inString = true;
          return at + 1;
        }
        case '{', '[' -> {
          if (++depth > Limits.MAX_DEPTH) {
            outcome = Outcome.TOO_DEEP;
            return at;
          }
        }
        case '}', ']' -> {
          if (--depth == 0) {
            outcome = Outcome.COMPLETE;
            return at + 1;
          }
        }
        case '\n' -> {
          outcome = Outcome.UNFINISHED;
          return at;
        }
        default -> {}
      }
    }
    return to;
  }
}
