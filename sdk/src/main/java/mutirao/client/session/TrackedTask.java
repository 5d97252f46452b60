package mutirao.client.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import mutirao.client.MutiraoException;
import mutirao.client.Reply;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import mutirao.client.TaskResult;
import mutirao.protocol.ServerFrame;

/** A task this client handed in. */
final class TrackedTask implements TaskHandle {
  private final Session session;
  private final String operation;
  final boolean keyed;
  final boolean quiet;
  private final Reply<Acceptance> accepted = new Reply<>();
  private final Reply<TaskResult> result = new Reply<>();
  private final List<Consumer<Progress>> listeners = new CopyOnWriteArrayList<>();

  TrackedTask(Session session, TaskRequest request) {
    this.session = session;
    this.operation = request.operation();
    this.keyed = request.hasKey();
    this.quiet = request.isQuiet();
  }

  @Override
  public String operation() {
    return operation;
  }

  @Override
  public Reply<Acceptance> accepted() {
    return accepted;
  }

  @Override
  public String id() {
    return accepted.await().taskId();
  }

  @Override
  public Reply<TaskResult> result() {
    return result;
  }

  @Override
  public TaskHandle onProgress(Consumer<Progress> listener) {
    listeners.add(listener);
    return this;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the reply carries every outcome
  public Reply<ServerFrame.Cancelled> cancel() {
    Reply<ServerFrame.Cancelled> reply = new Reply<>();
    accepted.whenComplete(
        (acceptance, refused) -> {
          if (refused != null) {
            reply.completeExceptionally(refused);
          } else {
            session.cancel(acceptance.taskId(), reply);
          }
        });
    return reply;
  }

  boolean hasListeners() {
    return !listeners.isEmpty();
  }

  void progress(Progress progress) {
    listeners.forEach(listener -> listener.accept(progress));
  }

  /** Fails everything that is still open. */
  void fail(MutiraoException failure) {
    accepted.completeExceptionally(failure);
    result.completeExceptionally(failure);
  }
}
