package mutirao.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import mutirao.bench.load.IdleLoad;
import mutirao.bench.load.Verdict;
import mutirao.bench.measure.Machine;
import mutirao.bench.measure.Usage;
import mutirao.protocol.RawJson;
import mutirao.protocol.codec.Json;
import org.jspecify.annotations.Nullable;

/** Everything as one JSON object: machine, configuration, every run as it was, and the medians. */
public final class JsonReport {
  private static final int FORMAT_VERSION = 1;

  private JsonReport() {}

  /**
   * The report.
   *
   * @param configuration option names and values
   * @param versions what each peer is; a text that says so where it is absent
   */
  public static RawJson of(
      Machine machine,
      Map<String, Object> configuration,
      Map<String, String> versions,
      List<Run> runs) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("format", FORMAT_VERSION);
    report.put("machine", machine(machine));
    report.put("configuration", configuration);
    report.put("versions", versions);
    report.put("runs", runs.stream().map(JsonReport::run).toList());
    report.put("summaries", summaries(runs));
    return Json.write(report);
  }

  private static Map<String, @Nullable Object> machine(Machine machine) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("system", machine.system());
    fields.put("processor", machine.processor());
    fields.put("cores", machine.cores());
    fields.put("memory_mb", number(machine.memoryMegabytes()));
    fields.put("java", machine.javaVersion());
    return fields;
  }

  private static Map<String, @Nullable Object> run(Run run) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("workload", run.workload().name());
    fields.put("peer", run.peer());
    fields.put("round", run.round());
    fields.put("started_at", run.startedAt().toEpochMilli());
    fields.put("counts", run.counts());
    IdleLoad.Figures idle = run.idle();
    if (idle == null) {
      fields.put("completed", run.completed());
      fields.put("rate", number(run.rate()));
      fields.put("p50_us", number(run.latency().p50()));
      fields.put("p99_us", number(run.latency().p99()));
      fields.put("p999_us", number(run.latency().p999()));
      fields.put("max_us", number(run.latency().max()));
    } else {
      fields.put("connections", idle.connections());
      fields.put("resident_bytes_each", number(idle.residentBytesEach()));
      fields.put("heap_bytes_each", number(idle.heapBytesEach()));
      fields.put("resident_bytes", number(idle.residentBytes()));
    }
    fields.put("usage", usage(run.usage()));
    fields.put("verdict", verdict(run.verdict()));
    return fields;
  }

  private static Map<String, @Nullable Object> usage(Usage usage) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("seconds", number(usage.seconds()));
    fields.put("server_cpu_s", number(usage.serverCpuSeconds()));
    fields.put("generator_cpu_s", number(usage.generatorCpuSeconds()));
    fields.put("other_cores", number(usage.otherCores()));
    fields.put("server_peak_mb", number(usage.serverPeakMegabytes()));
    fields.put("noisy", usage.noisy());
    return fields;
  }

  private static Map<String, @Nullable Object> verdict(Verdict verdict) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("ok", verdict.ok());
    fields.put("sent", verdict.sent());
    fields.put("completed", verdict.completed());
    fields.put("lost", verdict.lost());
    fields.put("duplicates", verdict.duplicates());
    fields.put("bad", verdict.bad());
    fields.put("failures", verdict.failures());
    fields.put("first_failure", verdict.firstFailure());
    return fields;
  }

  private static List<Map<String, @Nullable Object>> summaries(List<Run> runs) {
    return runs.stream()
        .map(run -> Summary.of(run.workload(), run.peer(), runs))
        .distinct()
        .map(JsonReport::summary)
        .toList();
  }

  private static Map<String, @Nullable Object> summary(Summary summary) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("workload", summary.workload().name());
    fields.put("peer", summary.peer());
    fields.put("quiet", summary.quiet());
    fields.put("noisy", summary.noisy());
    put(fields, "rate", summary, Run::rate);
    put(fields, "p50_us", summary, run -> run.latency().p50());
    put(fields, "p99_us", summary, run -> run.latency().p99());
    put(fields, "p999_us", summary, run -> run.latency().p999());
    put(fields, "server_cpu_s_per_" + summary.workload().cpuUnit(), summary, Run::cpuPerUnit);
    return fields;
  }

  private static void put(
      Map<String, @Nullable Object> fields,
      String name,
      Summary summary,
      ToDoubleFunction<Run> figure) {
    Spread spread = summary.spread(figure);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("median", number(spread.median()));
    values.put("min", number(spread.min()));
    values.put("max", number(spread.max()));
    fields.put(name, values);
  }

  /** JSON has no NaN. */
  private static @Nullable Double number(double value) {
    return Double.isNaN(value) || Double.isInfinite(value) ? null : value;
  }
}
