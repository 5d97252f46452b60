package mutirao.chaos.history;

/** How far an action is, as far as its client knows. */
public enum Phase {
  /** It was asked for. */
  INVOKE,
  /** It happened: the answer said so. */
  OK,
  /** It did not happen: the answer said so. */
  FAIL,
  /** Nobody knows: the connection broke, or there was no answer in time. */
  INFO
}
