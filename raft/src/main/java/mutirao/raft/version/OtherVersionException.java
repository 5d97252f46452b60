package mutirao.raft.version;

import java.io.IOException;

/** Programs whose versions do not go together. Its message says what to do. */
public final class OtherVersionException extends IOException {
  private static final long serialVersionUID = 1L;

  private OtherVersionException(String message) {
    super(message);
  }

  /** Another server of the group is of another version. */
  static OtherVersionException of(String self, Versions own, String node, Versions other) {
    return new OtherVersionException(
        node
            + " runs a version of this program that does not go together with that of "
            + self
            + " ("
            + node
            + ": "
            + other
            + "; "
            + self
            + ": "
            + own
            + "), so "
            + self
            + " takes no part in the group; nothing is lost. Start it with the version that the"
            + " others have; or, to change the version, stop all servers of the group, then start"
            + " all with the new one");
  }

  /** A server that was to be added is of another version; its folder has the group's name now. */
  static OtherVersionException ofNewcomer(OtherVersionException why) {
    return new OtherVersionException(why.getMessage() + ". Its folder must be empty then");
  }

  /** The log goes on by rules that this program does not know. */
  static OtherVersionException ofLog(int rules, int own) {
    return new OtherVersionException(
        "from here on the log is made by rules of version "
            + rules
            + ", and this program knows those of version "
            + own
            + "; nothing is lost: start the server with the version that made it");
  }
}
