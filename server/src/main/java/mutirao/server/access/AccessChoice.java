package mutirao.server.access;

/** Who has to say who they are. */
public enum AccessChoice {
  /**
   * Nobody while there are no users, then everybody: for a server that this machine alone reaches.
   */
  LOGIN_ONCE_USERS,
  /** Everybody, always: without users nobody gets in. */
  LOGIN,
  /** Nobody ever; who says nothing may do everything. */
  ANYBODY
}
