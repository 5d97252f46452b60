package mutirao.raft.group;

/** The other servers do not count this one as one of them any more. */
public final class LeftGroupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Of the server {@code node}. */
  public LeftGroupException(String node) {
    super(
        node
            + " is no member of its group any more, and stops; to take it in again, start it with"
            + " an empty folder and --join");
  }
}
