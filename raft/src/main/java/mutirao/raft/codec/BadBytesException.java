package mutirao.raft.codec;

import java.io.IOException;

/** Bytes that are not what this version writes or knows how to read. */
public final class BadBytesException extends IOException {

  private static final long serialVersionUID = 1L;

  private final boolean later;

  /** Says what does not fit, and where. */
  public BadBytesException(String message) {
    this(message, false);
  }

  private BadBytesException(String message, boolean later) {
    super(message);
    this.later = later;
  }

  /** Nothing is damaged, but a program of a later version wrote {@code what}. */
  static BadBytesException ofVersion(String what, int version, int known) {
    return new BadBytesException(
        "version " + version + " of " + what + " is unknown here", version > known);
  }

  /** Whether a later version of this program can read them. */
  public boolean later() {
    return later;
  }
}
