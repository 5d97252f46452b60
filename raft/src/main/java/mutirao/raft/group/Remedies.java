package mutirao.raft.group;

/** What an operator does about a member that has lost its folder, or may not use it any more. */
public final class Remedies {
  private Remedies() {}

  /**
   * A member goes, and comes back as a newcomer. A part of a sentence that begins one.
   *
   * @param address where others reach it
   */
  public static String takeInAgain(String node, String address) {
    return "Take it out of the group and in again: mutirao cluster remove "
        + node
        + ", then "
        + join(node, address);
  }

  /** A newcomer comes. */
  static String join(String node, String address) {
    return "start it with an empty folder and --cluster "
        + node
        + "="
        + address
        + " --join HOST:PORT, naming a server of the group";
  }
}
