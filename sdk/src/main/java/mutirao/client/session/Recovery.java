package mutirao.client.session;

import java.util.ArrayDeque;
import java.util.List;
import mutirao.client.MutiraoException;
import mutirao.client.link.Frames;
import mutirao.client.request.RequestHandler;
import mutirao.client.request.RequestKind;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.ServerFrame;

/**
 * Asks the server, a few at a time, what became of tasks whose results may have been missed. Not
 * thread-safe: under the session's lock.
 */
final class Recovery {
  /** Questions under way at once: a client with 10,000 open tasks must not flood the server. */
  private static final int MAX_ASKED = 64;

  private static final long ASK_AGAIN_MS = 1_000;

  private final Session session;
  private final TrackedTasks tasks;
  private final ArrayDeque<String> toAsk = new ArrayDeque<>();
  private int asked;

  /** Counts the connections: what was asked on an earlier one does not count any more. */
  private int round;

  Recovery(Session session, TrackedTasks tasks) {
    this.session = session;
    this.tasks = tasks;
  }

  /** A new connection: asks for all of these. */
  void restart(List<String> taskIds) {
    round++;
    asked = 0;
    toAsk.clear();
    toAsk.addAll(taskIds);
    askMore();
  }

  /** Asks for one. */
  void ask(String taskId) {
    toAsk.addLast(taskId);
    askMore();
  }

  private void askMore() {
    while (asked < MAX_ASKED && !toAsk.isEmpty()) {
      String taskId = toAsk.removeFirst();
      if (tasks.isOpen(taskId)) {
        asked++;
        session.handInternally(
            RequestKind.INTERNAL, ref -> new ClientFrame.Query(ref, taskId), answer(taskId));
      }
    }
  }

  private RequestHandler answer(String taskId) {
    int askedIn = round;
    return new RequestHandler() {
      @Override
      public void answered(ServerFrame frame) {
        if (frame instanceof ServerFrame.TaskState state && Frames.ended(state.task().state())) {
          tasks.ended(Frames.result(state.task()));
        }
        next(askedIn);
      }

      @Override
      public void failed(MutiraoException failure) {
        if (failure.is(ErrorCode.UNKNOWN_TASK)) {
          tasks.lost(
              taskId,
              new MutiraoException(
                  failure.code(), "the server no longer knows the task", false, failure));
        } else if (askedIn == round && !failure.code().equals(MutiraoException.DISCONNECTED)) {
          askLater(taskId, failure.retryAfterMs().orElse(ASK_AGAIN_MS));
        }
        next(askedIn);
      }
    };
  }

  private void next(int askedIn) {
    if (askedIn == round) {
      asked--;
      askMore();
    }
  }

  private void askLater(String taskId, long delayMs) {
    int askedIn = round;
    session.after(
        delayMs,
        () -> {
          if (askedIn == round) {
            ask(taskId);
          }
        });
  }
}
