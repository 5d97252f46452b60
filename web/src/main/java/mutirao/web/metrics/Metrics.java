package mutirao.web.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.ServerView;
import mutirao.web.live.Figures;
import mutirao.web.live.Pulse;
import mutirao.web.live.Watch;
import org.jspecify.annotations.Nullable;

/** What the server counts, in the format of Prometheus. Thread-safe. */
public final class Metrics implements AutoCloseable {
  private static final double MS_A_SECOND = 1000;

  /** Bounds of the latency histograms, seconds. */
  private static final double[] BOUNDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final MultiGauge queues =
      MultiGauge.builder("mutirao.tasks.queued.by.operation")
          .description("Tasks that wait, of the longest queues")
          .register(registry);
  private final MultiGauge servers =
      MultiGauge.builder("mutirao.raft.committed")
          .description("How far each server of the group is in the log, as this one sees it")
          .register(registry);
  private final Watch watch;

  /** Metrics of a server whose events {@code pulse} counts and at which {@code watch} looks. */
  public Metrics(Pulse pulse, Watch watch) {
    this.watch = watch;
    total(pulse, "mutirao.tasks.accepted", "Tasks accepted", Pulse.Totals::accepted);
    total(pulse, "mutirao.tasks.finished", "Tasks ended, however", Pulse.Totals::finished);
    total(pulse, "mutirao.tasks.failed", "Tasks that failed", Pulse.Totals::failed);
    total(pulse, "mutirao.messages", "Messages said", Pulse.Totals::messages);
    DistributionSummary toStart = latency("mutirao.task.start", "From due to begun");
    DistributionSummary toFinish = latency("mutirao.task.finish", "From accepted to done");
    pulse.onLatency(
        ms -> toStart.record(ms / MS_A_SECOND), ms -> toFinish.record(ms / MS_A_SECOND));
    gauge("mutirao.tasks.queued", "Tasks that wait", f -> f.counts().queued());
    gauge("mutirao.tasks.scheduled", "Tasks not due yet", f -> f.counts().scheduled());
    gauge("mutirao.tasks.running", "Tasks that run", f -> f.counts().running());
    gauge("mutirao.tasks.kept", "Tasks known, ended ones included", f -> f.counts().kept());
    gauge(
        "mutirao.tasks.oldest.queued.seconds",
        "How long the task has waited that has waited longest",
        Metrics::oldestSeconds);
    gauge("mutirao.slots", "Slots of all workers", f -> f.counts().slots());
    gauge("mutirao.slots.busy", "Slots in use", f -> f.counts().busy());
    gauge("mutirao.workers", "Workers", f -> f.counts().workers());
    gauge("mutirao.connections", "Connections of this server", f -> f.counts().connections());
    gauge("mutirao.problems", "Problems found", f -> f.problems().size());
    gauge("mutirao.log.index", "The last entry that took effect", f -> f.room().lastIndex());
    gauge("mutirao.disk.used.bytes", "What the data folder takes", f -> f.room().diskUsed());
    gauge("mutirao.disk.free.bytes", "What its disk has left", f -> f.room().diskFree());
    gauge("mutirao.raft.term", "How often a leader was elected", Figures::term);
    gauge(
        "mutirao.raft.leader",
        "1 where this server leads",
        f -> f.node().equals(f.leader()) ? 1 : 0);
    new JvmMemoryMetrics().bindTo(registry);
    collections.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private void total(Pulse pulse, String name, String what, ToLongFunction<Pulse.Totals> total) {
    FunctionCounter.builder(name, pulse, counted -> total.applyAsLong(counted.totals()))
        .description(what)
        .register(registry);
  }

  private DistributionSummary latency(String name, String what) {
    return DistributionSummary.builder(name)
        .baseUnit("seconds")
        .description(what)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  private void gauge(String name, String what, ToDoubleFunction<Figures> figure) {
    Gauge.builder(name, watch, seen -> figure(seen.latest(), figure))
        .description(what)
        .register(registry);
  }

  private static double figure(@Nullable Figures figures, ToDoubleFunction<Figures> figure) {
    return figures == null ? Double.NaN : figure.applyAsDouble(figures);
  }

  private static double oldestSeconds(Figures figures) {
    Long oldest = figures.oldestQueuedAtMs();
    return oldest == null ? 0 : Math.max(0, figures.atMs() - oldest) / MS_A_SECOND;
  }

  /** All of it as text. */
  public String scrape() {
    Figures figures = watch.latest();
    if (figures != null) {
      queues.register(
          figures.queues().stream()
              .<MultiGauge.Row<?>>map(
                  queue ->
                      MultiGauge.Row.of(Tags.of("operation", queue.operation()), queue.queued()))
              .toList(),
          true);
    }
    ServerFrame.ClusterState group = watch.group();
    if (group != null) {
      servers.register(
          group.servers().stream()
              .<MultiGauge.Row<?>>map(
                  (ServerView server) ->
                      MultiGauge.Row.of(Tags.of("server", server.node()), server.committed()))
              .toList(),
          true);
    }
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
