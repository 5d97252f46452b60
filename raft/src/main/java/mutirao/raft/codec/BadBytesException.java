package mutirao.raft.codec;

import java.io.IOException;

/** Bytes that are not what this version writes or knows how to read. */
public final class BadBytesException extends IOException {

  /** Says what does not fit, and where. */
  public BadBytesException(String message) {
    super(message);
  }
}
