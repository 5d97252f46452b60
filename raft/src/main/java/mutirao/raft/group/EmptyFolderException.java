package mutirao.raft.group;

import java.io.IOException;

/** A server has an empty folder, and must not go on as if it never had another. */
public final class EmptyFolderException extends IOException {
  private static final long serialVersionUID = 1L;

  private EmptyFolderException(String message) {
    super(message);
  }

  /** It was a member, and what it had promised to the others is lost. */
  static EmptyFolderException ofMember(Member member) {
    return new EmptyFolderException(
        member.node()
            + " was a member of its group, and its folder is empty: it must not vote, because it"
            + " does not know what it confirmed. "
            + Remedies.takeInAgain(member.node(), member.address()));
  }

  /** The others have a group without it. */
  static EmptyFolderException ofStranger(Member member, String other) {
    return new EmptyFolderException(
        member.node()
            + " is no member of the group of "
            + other
            + ", which is there already; "
            + Remedies.join(member.node(), member.address()));
  }
}
