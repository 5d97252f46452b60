package mutirao.client;

import org.jspecify.annotations.Nullable;

/**
 * Something a worker can do. It runs on a virtual thread of its own, so it may block; several may
 * run at the same time, as many as the worker has slots.
 */
@FunctionalInterface
public interface Operation {

  /**
   * Runs one attempt. Running is at least once: after a lost connection the same task may be run
   * again, so what must not happen twice needs a guard of the operation's own, such as {@link
   * TaskContext#taskId()}.
   *
   * @return the result: text, number, boolean, null, {@code Map} with string keys, {@code
   *     Iterable}, array, or {@link mutirao.protocol.RawJson} for JSON that is ready
   * @throws OperationException to choose the error's code and whether it is worth another attempt
   * @throws Exception anything else fails the attempt with code {@code error} and lets it be tried
   *     again
   */
  @Nullable Object run(TaskContext task) throws Exception;
}
