package mutirao.raft.files;

import java.io.IOException;

/** A data folder cannot be used as it is; the message says why, and what to do. */
public final class DataFolderException extends IOException {

  /** For people who run servers. */
  public DataFolderException(String message) {
    super(message);
  }

  /** The same, with what was found. */
  public DataFolderException(String message, Throwable cause) {
    super(message, cause);
  }
}
