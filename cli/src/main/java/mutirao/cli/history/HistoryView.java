package mutirao.cli.history;

import mutirao.protocol.ServerFrame;

/** Shows what was found, page by page. */
public interface HistoryView {

  /** The next page, newest first. */
  void show(ServerFrame.Found page);

  /** The last page has been shown; {@code more}: there would be others. */
  void end(boolean more);
}
