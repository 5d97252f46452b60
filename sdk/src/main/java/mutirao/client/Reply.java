package mutirao.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mutirao.client.link.SerialExecutor;

/**
 * An answer that is still under way: a {@link CompletableFuture} that can also simply be waited
 * for. It fails with a {@link MutiraoException} and nothing else.
 *
 * <p>Stages that depend on it ({@code thenAccept} and the like) run one after the other on one
 * thread of the client, in the order in which the answers arrived: keep them short, and use the
 * {@code …Async} forms, which run on a virtual thread of their own, for what waits for other
 * answers. Waiting on that thread for a reply that has not come is refused with an {@link
 * IllegalStateException}, because it could never come.
 *
 * @param <T> what the server answers
 */
public final class Reply<T> extends CompletableFuture<T> {
  private static final Executor VIRTUAL_THREADS = Thread::startVirtualThread;

  /** A reply that nobody has answered yet. */
  public Reply() {}

  /**
   * Waits for the answer; the client's own request timeout bounds the wait.
   *
   * @throws MutiraoException where the server refused, the answer did not come in time ({@code
   *     timeout}), or the waiting thread was interrupted ({@code interrupted}; its flag stays set)
   */
  public T await() {
    refuseOnAnswerThread();
    try {
      return get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw MutiraoException.of(e);
    }
  }

  /**
   * Waits for the answer, at most this long; the request goes on.
   *
   * @throws MutiraoException as {@link #await()}; {@code timeout} where the time is over
   */
  public T await(Duration atMost) {
    refuseOnAnswerThread();
    try {
      return get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (TimeoutException e) {
      throw new MutiraoException(
          MutiraoException.TIMEOUT, "no answer within " + atMost.toMillis() + " ms", false, e);
    } catch (ExecutionException e) {
      throw MutiraoException.of(e);
    }
  }

  private void refuseOnAnswerThread() {
    if (!isDone() && SerialExecutor.isAnswering()) {
      throw new IllegalStateException(
          "this thread delivers answers and cannot wait for one; use an …Async stage");
    }
  }

  private static MutiraoException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new MutiraoException(
        MutiraoException.INTERRUPTED, "interrupted while waiting", false, e);
  }

  @Override
  public Executor defaultExecutor() {
    return VIRTUAL_THREADS;
  }

  @Override
  public <U> Reply<U> newIncompleteFuture() {
    return new Reply<>();
  }
}
