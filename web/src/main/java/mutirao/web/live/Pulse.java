package mutirao.web.live;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import mutirao.core.Event;
import mutirao.core.State;
import mutirao.core.task.Task;
import mutirao.core.task.TaskState;
import mutirao.server.gateway.history.Observer;
import org.HdrHistogram.Histogram;

/**
 * Counts what happens and how long it takes. Told and asked by the server's loop; its totals may be
 * read by anybody.
 */
public final class Pulse implements Observer {
  /** Latencies are those of this many seconds. */
  private static final int WINDOW_S = 10;

  private static final int DIGITS = 2;
  private static final long MAX_MS = 24L * 60 * 60 * 1000;

  private final LongAdder accepted = new LongAdder();
  private final LongAdder finished = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder messages = new LongAdder();
  private final Window toStart = new Window();
  private final Window toFinish = new Window();
  private LongConsumer onStart = _ -> {};
  private LongConsumer onFinish = _ -> {};

  /** A sum over the last seconds. */
  private static final class Window {
    private final Histogram[] seconds = new Histogram[WINDOW_S];
    private int current;

    Window() {
      for (int i = 0; i < WINDOW_S; i++) {
        seconds[i] = new Histogram(MAX_MS, DIGITS);
      }
    }

    void add(long ms) {
      seconds[current].recordValue(Math.clamp(ms, 0, MAX_MS));
    }

    Histogram turn() {
      Histogram all = new Histogram(MAX_MS, DIGITS);
      for (Histogram second : seconds) {
        all.add(second);
      }
      current = (current + 1) % WINDOW_S;
      seconds[current].reset();
      return all;
    }
  }

  /** The totals since the server started. */
  public record Totals(long accepted, long finished, long failed, long messages) {}

  /** A distribution: milliseconds. */
  public record Latency(long p50, long p95) {
    static Latency of(Histogram histogram) {
      return new Latency(histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(95));
    }
  }

  /** The last seconds. */
  public record Beat(Latency start, Latency finish) {}

  /** Hands each latency on as it is counted, in milliseconds. */
  public void onLatency(LongConsumer start, LongConsumer finish) {
    onStart = start;
    onFinish = finish;
  }

  @Override
  public void applied(List<Event> events, State state) {
    for (Event event : events) {
      switch (event) {
        case Event.TaskAccepted _ -> accepted.increment();
        case Event.TaskStarted started -> started(started, state);
        case Event.TaskFinished ended -> finished(ended, state);
        case Event.MessagePosted _, Event.DirectSent _ -> messages.increment();
        default -> {}
      }
    }
  }

  private void started(Event.TaskStarted started, State state) {
    Task task = state.tasks().byId(started.task());
    if (task != null && started.attempt() == 1) {
      long ms = started.timeMs() - Math.max(task.acceptedAtMs(), task.notBeforeMs());
      toStart.add(ms);
      onStart.accept(ms);
    }
  }

  private void finished(Event.TaskFinished ended, State state) {
    finished.increment();
    if (ended.state() == TaskState.FAILED) {
      failed.increment();
    }
    Task task = state.tasks().byId(ended.task());
    if (task != null && ended.state() == TaskState.DONE) {
      long ms = ended.timeMs() - task.acceptedAtMs();
      toFinish.add(ms);
      onFinish.accept(ms);
    }
  }

  /** The totals now. */
  public Totals totals() {
    return new Totals(accepted.sum(), finished.sum(), failed.sum(), messages.sum());
  }

  /** Ends a second; to be called once a second. */
  Beat beat() {
    return new Beat(Latency.of(toStart.turn()), Latency.of(toFinish.turn()));
  }
}
