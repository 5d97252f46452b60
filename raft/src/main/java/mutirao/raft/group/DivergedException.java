package mutirao.raft.group;

/** This server made something else of the log than the others. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Of the server {@code node}, which was right up to somewhere before {@code position}. */
  public DivergedException(String node, long position) {
    super(
        node
            + " made something else of the first "
            + position
            + " commands than the other servers, and stops, so that nobody is told what is wrong;"
            + " nothing that was confirmed is lost: let the others go on without it (mutirao"
            + " cluster remove "
            + node
            + "), move its folder away, and start it with an empty one and --join");
  }
}
