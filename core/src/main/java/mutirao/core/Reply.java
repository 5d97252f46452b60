package mutirao.core;

import mutirao.core.task.TaskState;

/** The answer to one command. */
public sealed interface Reply
    permits Refusal, Reply.Done, Reply.Opened, Reply.Posted, Reply.Accepted, Reply.Draining {

  /** It happened, and there is nothing more to say. */
  Done DONE = new Done();

  /** See {@link #DONE}. */
  record Done() implements Reply {}

  /** A session is open (or taken up again) under this id. */
  record Opened(long session, boolean resumed) implements Reply {}

  /**
   * A message got this place in its room, or (for a direct) in the receiver's inbox.
   *
   * @param duplicate its key was seen before; nothing was delivered again
   */
  record Posted(long seq, boolean duplicate) implements Reply {}

  /** A task is known under this id and will not be lost. */
  record Accepted(long task, TaskState state, boolean duplicate, boolean waitingForWorker)
      implements Reply {}

  /** A worker gets no more tasks; this many attempts of it still run. */
  record Draining(int running) implements Reply {}
}
