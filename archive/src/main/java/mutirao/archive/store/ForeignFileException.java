package mutirao.archive.store;

import java.io.IOException;

/** The file is there and not to be touched: it is another program's, or a later version's. */
public final class ForeignFileException extends IOException {
  private static final long serialVersionUID = 1;

  ForeignFileException(String message) {
    super(message);
  }
}
