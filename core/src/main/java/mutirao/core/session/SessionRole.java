package mutirao.core.session;

/** What a session is there for, as far as the core has to know. */
public enum SessionRole {
  CLIENT,
  WORKER,
  TASK_CLIENT,
  OBSERVER
}
