package mutirao.server.backup;

import java.io.IOException;

/** A backup cannot be made or used as it is; the message says why, and what to do. */
final class BackupException extends IOException {
  private static final long serialVersionUID = 1L;

  BackupException(String message) {
    super(message);
  }
}
