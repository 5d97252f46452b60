package mutirao.client.request;

import java.util.function.Function;
import mutirao.client.MutiraoException;
import mutirao.client.Reply;
import mutirao.client.link.SerialExecutor;
import mutirao.protocol.ErrorCode;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;

/**
 * Turns an answer into what a caller waits for.
 *
 * @param answer makes it out of the frame, with the session's lock held; null where the frame is no
 *     answer to such a request
 */
public record ReplyHandler<T>(
    Reply<T> reply, Function<ServerFrame, @Nullable T> answer, SerialExecutor answers)
    implements RequestHandler {

  @Override
  public void answered(ServerFrame frame) {
    T value = answer.apply(frame);
    if (value == null) {
      failed(unexpected(frame));
    } else {
      answers.execute(() -> reply.complete(value));
    }
  }

  @Override
  public void failed(MutiraoException failure) {
    answers.execute(() -> reply.completeExceptionally(failure));
  }

  /** What a caller is told whose question was answered with something else. */
  public static MutiraoException unexpected(ServerFrame frame) {
    return new MutiraoException(
        ErrorCode.INTERNAL.wireName(),
        "the server answered with '" + frame.type() + "'",
        false,
        null);
  }
}
