package mutirao.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.function.DoubleConsumer;
import mutirao.bench.load.FanOutLoad;
import mutirao.bench.load.IdleLoad;
import mutirao.bench.load.Latencies.Percentiles;
import mutirao.bench.load.Load;
import mutirao.bench.load.Schedule;
import mutirao.bench.load.TaskLoad;
import mutirao.bench.load.TaskShape;
import mutirao.bench.load.Verdict;
import mutirao.bench.measure.Meter;
import mutirao.bench.measure.Usage;
import mutirao.bench.peer.Peer;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.report.Run;
import mutirao.bench.report.Workload;

/**
 * One run of one workload on one server that stands.
 *
 * @param session part of all names used, unique among the runs on one server
 */
record Measurement(
    Workload workload,
    Peer peer,
    RunningServer server,
    int round,
    String session,
    BenchOptions options) {

  /** Open loops must be able to fall behind by more than any server's pause. */
  private static final int OPEN_LOOP_WINDOW = 16_384;

  private static final double IDLE_SECONDS = 3;

  /** Longer than any server that still works needs for what is outstanding. */
  private static final double DRAIN_SECONDS = 15;

  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * Warms up, measures, drains.
   *
   * @param tick told the share that is done
   * @throws IOException where the server turns somebody away or breaks
   */
  Run run(double warmUpSeconds, DoubleConsumer tick) throws IOException {
    return workload == Workload.W5 ? idle(tick) : loaded(warmUpSeconds, tick);
  }

  private Run loaded(double warmUpSeconds, DoubleConsumer tick) throws IOException {
    Instant startedAt = Instant.now();
    double total = warmUpSeconds + options.seconds();
    long start = System.nanoTime();
    Runnable share = () -> tick.accept((System.nanoTime() - start) / NANOS_PER_SECOND / total);
    Meter meter = new Meter(server.pid());
    try (Load load = load()) {
      load.open();
      load.drive(nanos(warmUpSeconds), share);
      Meter.Reading before = meter.read();
      load.beginMeasuring();
      load.drive(nanos(options.seconds()), share);
      long completed = load.endMeasuring();
      Usage usage = meter.since(before);
      Verdict verdict = load.drain(nanos(DRAIN_SECONDS));
      Percentiles latency = load.latencies().percentiles();
      return new Run(
          workload, peer.name(), round, startedAt, completed, latency, usage, verdict, null);
    }
  }

  private Load load() throws IOException {
    if (workload == Workload.W4) {
      return new FanOutLoad(peer, server, options.members(), session);
    }
    TaskShape shape = workload == Workload.W1 ? TaskShape.ONE_AT_A_TIME : TaskShape.MANY;
    double rate = options.ratePerSecond();
    return rate > 0
        ? new TaskLoad(
            peer, server, shape.withWindow(OPEN_LOOP_WINDOW), session, Schedule.open(rate))
        : new TaskLoad(peer, server, shape, session, Schedule.closed());
  }

  private Run idle(DoubleConsumer tick) throws IOException {
    Instant startedAt = Instant.now();
    try (IdleLoad load = new IdleLoad(peer, server, options.connections(), session)) {
      IdleLoad.Figures figures =
          load.measure(nanos(Math.min(IDLE_SECONDS, options.seconds())), tick);
      double none = Double.NaN;
      return new Run(
          workload,
          peer.name(),
          round,
          startedAt,
          0,
          new Percentiles(none, none, none, none),
          figures.usage(),
          figures.verdict(),
          figures);
    }
  }

  private static long nanos(double seconds) {
    return (long) (seconds * NANOS_PER_SECOND);
  }
}
