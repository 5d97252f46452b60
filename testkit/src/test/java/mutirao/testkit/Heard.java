package mutirao.testkit;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mutirao.client.ChatMessage;
import mutirao.client.ClientListener;
import mutirao.client.TaskResult;
import mutirao.protocol.ServerFrame;

/** Writes down what a listener hears. */
final class Heard implements ClientListener {
  /** One generous bound for everything a test waits for. */
  static final int PATIENCE_MS = 20_000;

  final LinkedBlockingQueue<ChatMessage> broadcasts = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<ChatMessage> directs = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<ServerFrame.SystemEvent> system = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<TaskResult> late = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<Connection> connection = new LinkedBlockingQueue<>();

  /** What comes next. */
  static <T> T next(LinkedBlockingQueue<T> heard) {
    try {
      T next = heard.poll(PATIENCE_MS, TimeUnit.MILLISECONDS);
      if (next == null) {
        throw new AssertionError("nothing came");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until something of this kind has happened to the connection. */
  <C extends Connection> C await(Class<C> kind) {
    for (Connection change = next(connection); ; change = next(connection)) {
      if (kind.isInstance(change)) {
        return kind.cast(change);
      }
    }
  }

  @Override
  public void onBroadcast(ChatMessage message) {
    broadcasts.add(message);
  }

  @Override
  public void onDirect(ChatMessage message) {
    directs.add(message);
  }

  @Override
  public void onSystem(ServerFrame.SystemEvent event) {
    system.add(event);
  }

  @Override
  public void onLateResult(TaskResult result) {
    late.add(result);
  }

  @Override
  public void onConnection(Connection change) {
    connection.add(change);
  }
}
