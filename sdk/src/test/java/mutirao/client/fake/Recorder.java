package mutirao.client.fake;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mutirao.client.ChatMessage;
import mutirao.client.ClientListener;
import mutirao.client.MutiraoException;
import mutirao.client.TaskResult;
import mutirao.protocol.ServerFrame;

/** Writes down what a listener hears; the test takes it out one by one. */
public class Recorder implements ClientListener {

  /** Messages that were missed. */
  public record Missed(String room, long fromSeq, long toSeq) {}

  /** Events that were dropped. */
  public record Dropped(int events) {}

  private final LinkedBlockingQueue<Object> heard = new LinkedBlockingQueue<>();

  /** What was heard next, which must be of this type. */
  public <T> T next(Class<T> type) {
    Object next;
    try {
      next = heard.poll(FakeServer.PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (!type.isInstance(next)) {
      throw new AssertionError("expected " + type.getSimpleName() + " but heard " + next);
    }
    return type.cast(next);
  }

  @Override
  public void onBroadcast(ChatMessage message) {
    heard.add(message);
  }

  @Override
  public void onDirect(ChatMessage message) {
    heard.add(message);
  }

  @Override
  public void onSystem(ServerFrame.SystemEvent event) {
    heard.add(event);
  }

  @Override
  public void onClients(ServerFrame.ClientList clients) {
    heard.add(clients);
  }

  @Override
  public void onGap(String room, long fromSeq, long toSeq) {
    heard.add(new Missed(room, fromSeq, toSeq));
  }

  @Override
  public void onConnection(Connection change) {
    heard.add(change);
  }

  @Override
  public void onLateResult(TaskResult result) {
    heard.add(result);
  }

  @Override
  public void onServerError(MutiraoException error) {
    heard.add(error);
  }

  @Override
  public void onDropped(int events) {
    heard.add(new Dropped(events));
  }
}
