package mutirao.client.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import mutirao.client.MutiraoException;
import mutirao.client.Reply;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import mutirao.client.TaskResult;
import mutirao.client.link.Frames;
import mutirao.client.link.SerialExecutor;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/** A task this client handed in. */
final class TrackedTask implements TaskHandle {
  private final Session session;
  private final String operation;
  final boolean keyed;
  final boolean quiet;
  private final Reply<Acceptance> accepted = new Reply<>();
  private final Reply<TaskResult> result = new Reply<>();
  private final List<Consumer<Progress>> listeners = new CopyOnWriteArrayList<>();
  private final SerialExecutor answers;
  private ServerFrame.@Nullable Progress unheard;

  TrackedTask(Session session, TaskRequest request, SerialExecutor answers) {
    this.session = session;
    this.answers = answers;
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
    session.locked(
        () -> {
          listeners.add(listener);
          ServerFrame.Progress newest = unheard;
          if (newest != null) {
            unheard = null;
            tell(newest);
          }
        });
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

  /** The task shows progress, which waits for somebody to listen. Under the session's lock. */
  void progress(ServerFrame.Progress frame) {
    if (listeners.isEmpty()) {
      unheard = frame;
    } else {
      tell(frame);
    }
  }

  private void tell(ServerFrame.Progress frame) {
    // Not told where too much waits: the next one says more anyway.
    Progress progress = Frames.progress(frame);
    boolean _ = answers.offer(() -> listeners.forEach(listener -> listener.accept(progress)));
  }

  /** Fails everything that is still open. */
  void fail(MutiraoException failure) {
    accepted.completeExceptionally(failure);
    result.completeExceptionally(failure);
  }
}
