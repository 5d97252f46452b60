package mutirao.chaos.history;

import org.jspecify.annotations.Nullable;

/**
 * One event of one client.
 *
 * @param nanos when, on a clock that all clients share and that never goes back
 * @param process which client; one that lost an answer goes on under a new name only where the
 *     order of its own actions matters
 * @param call pairs an answer with its {@link Phase#INVOKE}; unique within the process, 0 where
 *     nothing is to be paired
 * @param name the name the client holds, or who said what is heard
 * @param to the receiver of a direct message
 * @param key an idempotency key
 * @param task a task id
 * @param attempt the number of a task's attempt; 0 where none is meant
 * @param room a room
 * @param seq a message's number; 0 where none is meant
 * @param value what was handed in, reported, said or read
 * @param state how a task stands, or the code of a refusal
 */
public record HistoryEvent(
    long nanos,
    String process,
    long call,
    Action action,
    Phase phase,
    @Nullable String name,
    @Nullable String to,
    @Nullable String key,
    @Nullable String task,
    long attempt,
    @Nullable String room,
    long seq,
    @Nullable String value,
    @Nullable String state) {

  /** An event with nothing but who, what and how far. */
  public static HistoryEvent of(long nanos, String process, long call, Action action, Phase phase) {
    return new HistoryEvent(
        nanos, process, call, action, phase, null, null, null, null, 0, null, 0, null, null);
  }

  /** The same as a later phase of the same call. */
  public HistoryEvent then(long atNanos, Phase next) {
    return new HistoryEvent(
        atNanos, process, call, action, next, name, to, key, task, attempt, room, seq, value,
        state);
  }

  /** With the name of who does it, or of who said it. */
  public HistoryEvent by(String who) {
    return new HistoryEvent(
        nanos, process, call, action, phase, who, to, key, task, attempt, room, seq, value, state);
  }

  /** For one receiver. */
  public HistoryEvent to(String receiver) {
    return new HistoryEvent(
        nanos, process, call, action, phase, name, receiver, key, task, attempt, room, seq, value,
        state);
  }

  /** With an idempotency key. */
  public HistoryEvent key(@Nullable String newKey) {
    return new HistoryEvent(
        nanos, process, call, action, phase, name, to, newKey, task, attempt, room, seq, value,
        state);
  }

  /** About an attempt of a task; 0 where none is meant. */
  public HistoryEvent task(String id, long number) {
    return new HistoryEvent(
        nanos, process, call, action, phase, name, to, key, id, number, room, seq, value, state);
  }

  /** About a message of a room; 0 where it has no number yet. */
  public HistoryEvent room(String in, long number) {
    return new HistoryEvent(
        nanos, process, call, action, phase, name, to, key, task, attempt, in, number, value,
        state);
  }

  /** With a value. */
  public HistoryEvent value(@Nullable String newValue) {
    return new HistoryEvent(
        nanos, process, call, action, phase, name, to, key, task, attempt, room, seq, newValue,
        state);
  }

  /** With a state or a code. */
  public HistoryEvent state(@Nullable String newState) {
    return new HistoryEvent(
        nanos, process, call, action, phase, name, to, key, task, attempt, room, seq, value,
        newState);
  }

  /** Whether this is that action in that phase. */
  public boolean is(Action what, Phase how) {
    return action == what && phase == how;
  }
}
