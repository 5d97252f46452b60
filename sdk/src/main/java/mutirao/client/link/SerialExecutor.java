package mutirao.client.link;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Runs what it is given one after the other, in order, on a virtual thread that exists while there
 * is something to run. Work that throws is logged and stops nothing. Thread-safe.
 */
public final class SerialExecutor implements Executor {
  private static final Logger LOG = System.getLogger("mutirao.client");
  private static final ScopedValue<Boolean> ANSWERING = ScopedValue.newInstance();

  private final String name;
  private final boolean answering;
  private final int capacity;
  private final Object lock = new Object();
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  private SerialExecutor(String name, boolean answering, int capacity) {
    this.name = name;
    this.answering = answering;
    this.capacity = capacity;
  }

  /** One that completes the futures of a client; see {@link #isAnswering}. */
  public static SerialExecutor forAnswers(String name, int capacity) {
    return new SerialExecutor(name, true, capacity);
  }

  /** One that calls a client's listener. */
  public static SerialExecutor forEvents(String name, int capacity) {
    return new SerialExecutor(name, false, capacity);
  }

  /** Whether the current thread is one that completes futures, and so must not wait for another. */
  public static boolean isAnswering() {
    return ANSWERING.isBound();
  }

  /** Puts {@code work} in line unless the line is full; tells whether it did. */
  public boolean offer(Runnable work) {
    synchronized (lock) {
      if (waiting.size() >= capacity) {
        return false;
      }
      add(work);
      return true;
    }
  }

  /** Puts {@code work} in line even where the line is full: for what is bounded elsewhere. */
  @Override
  public void execute(Runnable work) {
    synchronized (lock) {
      add(work);
    }
  }

  private void add(Runnable work) {
    waiting.addLast(work);
    if (!running) {
      running = true;
      Thread.ofVirtual().name(name).start(this::begin);
    }
  }

  private void begin() {
    if (answering) {
      ScopedValue.where(ANSWERING, true).run(this::drain);
    } else {
      drain();
    }
  }

  private void drain() {
    while (true) {
      Runnable next;
      synchronized (lock) {
        next = waiting.pollFirst();
        if (next == null) {
          running = false;
          return;
        }
      }
      try {
        next.run();
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "a callback failed", e);
      }
    }
  }
}
