package mutirao.server;

import java.io.IOException;
import mutirao.raft.StartFailedException;
import mutirao.raft.codec.BadBytesException;
import mutirao.raft.group.DivergedException;
import mutirao.raft.group.EmptyFolderException;
import mutirao.raft.group.LeftGroupException;
import mutirao.raft.version.OtherVersionException;
import org.jspecify.annotations.Nullable;

/** What a server says before it ends because it cannot go on. */
final class LastWords {
  private static final String NO_SPACE = "No space left on device";
  private static final String NO_QUOTA = "Disk quota exceeded";

  private LastWords() {}

  /** Whether no trace is needed to understand it: the disk is the reason, or an operator. */
  static boolean speakForThemselves(Throwable fault) {
    return fault instanceof BadBytesException bad
        ? bad.later()
        : fault instanceof IOException || hasWordsOfItsOwn(fault);
  }

  private static boolean hasWordsOfItsOwn(Throwable fault) {
    return fault instanceof LeftGroupException
        || fault instanceof DivergedException
        || fault instanceof EmptyFolderException
        || fault instanceof OtherVersionException
        || fault instanceof StartFailedException;
  }

  static String about(Throwable fault, @Nullable Storage storage) {
    if (hasWordsOfItsOwn(fault)) {
      return String.valueOf(fault.getMessage());
    }
    if (fault instanceof BadBytesException bad && bad.later()) {
      return "the log has what a later version of this program wrote ("
          + bad.getMessage()
          + "), and the server stops; nothing is lost: start that version";
    }
    if (storage == null || !speakForThemselves(fault)) {
      return "the server cannot go on after this, and stops";
    }
    String reason = String.valueOf(fault.getMessage());
    return isFull(fault)
        ? "the disk is full, and the server stops; nothing that was confirmed is lost: make room"
            + " for "
            + storage.folder()
            + " and start it again"
        : "the disk takes nothing more ("
            + reason
            + "), and the server stops; nothing that was confirmed is lost: look after the disk of "
            + storage.folder()
            + " and start it again";
  }

  private static boolean isFull(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      String reason = String.valueOf(cause.getMessage());
      if (reason.contains(NO_SPACE) || reason.contains(NO_QUOTA)) {
        return true;
      }
    }
    return false;
  }
}
