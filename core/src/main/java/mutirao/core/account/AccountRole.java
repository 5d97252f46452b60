package mutirao.core.account;

/** What a user may do; which frames that means is the server's table. */
public enum AccountRole {
  /** Reads along. */
  VIEWER,
  /** Chats and has tasks of its own. */
  MEMBER,
  /** Runs tasks. */
  WORKER,
  /** Everything, with everybody's tasks and the system itself. */
  ADMIN
}
