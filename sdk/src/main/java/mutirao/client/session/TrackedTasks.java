package mutirao.client.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mutirao.client.MutiraoException;
import mutirao.client.TaskHandle;
import mutirao.client.TaskResult;
import mutirao.client.link.Frames;
import mutirao.client.link.SerialExecutor;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * The accepted tasks that have no result yet, and results that have no task yet. Not thread-safe:
 * under the session's lock.
 */
final class TrackedTasks {
  private static final int MAX_UNCLAIMED = 10_000;

  private final SerialExecutor answers;
  private final Events events;
  private final Map<String, List<TrackedTask>> open = new LinkedHashMap<>();
  private final Map<String, TaskResult> unclaimed = new LinkedHashMap<>();

  TrackedTasks(SerialExecutor answers, Events events) {
    this.answers = answers;
    this.events = events;
  }

  /**
   * The server accepted a task.
   *
   * @return its id where its result has to be asked for, because it had ended before
   */
  @Nullable String accepted(TrackedTask task, ServerFrame.Accepted frame) {
    TaskHandle.Acceptance acceptance =
        new TaskHandle.Acceptance(
            frame.task(),
            frame.state(),
            // Under a key of our own it can only be the repeat of our own submit.
            frame.duplicate() && task.keyed,
            frame.waitingFor() != null);
    answers.execute(() -> task.accepted().complete(acceptance));
    if (task.quiet) {
      MutiraoException quiet =
          new MutiraoException(
              MutiraoException.QUIET, "the result of a quiet task is not pushed", true, null);
      answers.execute(() -> task.result().completeExceptionally(quiet));
      return null;
    }
    open.computeIfAbsent(frame.task(), _ -> new ArrayList<>()).add(task);
    TaskResult waiting = unclaimed.remove(frame.task());
    if (waiting != null) {
      ended(waiting);
      return null;
    }
    return Frames.ended(frame.state()) ? frame.task() : null;
  }

  /**
   * A result was pushed. Where nobody waits for it, it belongs to an earlier session, or to a
   * submit whose answer was lost and that is being sent again ({@code mayBeClaimed}).
   */
  void pushed(TaskResult result, boolean mayBeClaimed) {
    if (ended(result)) {
      return;
    }
    if (mayBeClaimed && unclaimed.size() < MAX_UNCLAIMED) {
      unclaimed.put(result.taskId(), result);
    } else {
      events.tell(listener -> listener.onLateResult(result));
    }
  }

  /** No lost submit is under way any more: what nobody claimed is from an earlier session. */
  void releaseUnclaimed() {
    for (TaskResult result : unclaimed.values()) {
      events.tell(listener -> listener.onLateResult(result));
    }
    unclaimed.clear();
  }

  /** Gives a result to those who wait for it; false where nobody does. */
  boolean ended(TaskResult result) {
    List<TrackedTask> waiting = open.remove(result.taskId());
    if (waiting == null) {
      return false;
    }
    for (TrackedTask task : waiting) {
      answers.execute(() -> task.result().complete(result));
    }
    return true;
  }

  /** The server does not know a task any more. */
  void lost(String taskId, MutiraoException why) {
    List<TrackedTask> waiting = open.remove(taskId);
    if (waiting != null) {
      for (TrackedTask task : waiting) {
        answers.execute(() -> task.fail(why));
      }
    }
  }

  void progress(ServerFrame.Progress frame) {
    List<TrackedTask> waiting = open.get(frame.task());
    if (waiting == null) {
      return;
    }
    for (TrackedTask task : waiting) {
      task.progress(frame);
    }
  }

  boolean isOpen(String taskId) {
    return open.containsKey(taskId);
  }

  /** The ids of the tasks without a result, in the order in which they were accepted. */
  List<String> openIds() {
    return List.copyOf(open.keySet());
  }

  /** The end of the session. */
  void failAll(MutiraoException why) {
    for (String id : openIds()) {
      lost(id, why);
    }
    releaseUnclaimed();
  }
}
