package mutirao.client.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import mutirao.client.ClientListener;
import mutirao.client.link.SerialExecutor;

/** Hands events to the listener, in order and not faster than it takes them. Thread-safe. */
final class Events {
  private final ClientListener listener;
  private final SerialExecutor thread;
  private final AtomicInteger dropped = new AtomicInteger();

  Events(ClientListener listener, int capacity) {
    this.listener = listener;
    this.thread = SerialExecutor.forEvents("mutirao-events", capacity);
  }

  /** Whether anybody listens. */
  @SuppressWarnings("ReferenceEquality") // a marker, told apart by being itself
  boolean wanted() {
    return listener != ClientListener.NONE;
  }

  /** Tells the listener, or counts the event as dropped where too many wait. */
  void tell(Consumer<ClientListener> event) {
    if (wanted() && !thread.offer(() -> event.accept(listener))) {
      // One notice stands in line at the place of the first loss and tells of all until its turn.
      if (dropped.getAndIncrement() == 0) {
        thread.execute(() -> listener.onDropped(dropped.getAndSet(0)));
      }
    }
  }

  /** Tells the listener what must not be dropped: there are few of these. */
  void connection(ClientListener.Connection change) {
    if (wanted()) {
      thread.execute(() -> listener.onConnection(change));
    }
  }
}
