package mutirao.chaos.check;

/** What must hold in every history, in the words of the promises. */
public enum Invariant {
  TASK_LOST("every accepted task can be read when everything is over"),
  INVENTED("nothing is seen that nobody asked for, and nothing that was refused"),
  KEY_REUSED("one idempotency key is one task"),
  ENDED_TWICE("a task ends once: every reader sees the same end"),
  WRONG_RESULT("a result is what a worker reported for that attempt of that task"),
  ATTEMPT_SHARED("an attempt of a task is given to one worker"),
  STALE_REPORT("a report does not count once a later attempt has begun"),
  STUCK("every accepted task ends"),
  EXECUTIONS("a done task ran, and no task runs more often than allowed"),
  MESSAGE_LOST("every acknowledged message is in its room's history, where it was said to be"),
  ORDER_DIFFERS("everybody sees the same message under the same number"),
  STREAM_BROKEN("what one hears in a room has neither gaps nor repeats, except where told so"),
  SENDER_ORDER("what one says is heard in the order it was said"),
  REAL_TIME_ORDER("what is acknowledged before another message is asked for comes before it"),
  SENDER_FORGED("a message bears the name of who said it"),
  NAME_SHARED("a name is held by one client at a time"),
  OVERHEARD("a direct message is heard by its receiver alone"),
  ANSWERED_TWICE("every request has one answer");

  private final String promise;

  Invariant(String promise) {
    this.promise = promise;
  }

  /** What is promised. */
  public String promise() {
    return promise;
  }
}
