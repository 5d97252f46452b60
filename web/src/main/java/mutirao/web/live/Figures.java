package mutirao.web.live;

import java.util.List;
import java.util.Locale;
import mutirao.protocol.Messages;
import mutirao.web.http.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How a server is at one moment. Times are epoch milliseconds, rates are per second.
 *
 * @param leader null: none that is known
 * @param oldestQueuedAtMs null: nothing waits
 * @param queues the longest
 */
public record Figures(
    long atMs,
    String node,
    @Nullable String leader,
    long term,
    long startedAtMs,
    Rates rates,
    Pulse.Beat latency,
    Counts counts,
    @Nullable Long oldestQueuedAtMs,
    List<Queue> queues,
    Room room,
    List<Finding> problems) {

  /** What came and went in a second. */
  public record Rates(double accepted, double finished, double failed, double messages) {}

  /** How many there are. */
  public record Counts(
      int scheduled,
      int queued,
      int running,
      int kept,
      int slots,
      int busy,
      int workers,
      int connections,
      int clients) {}

  /** What waits for one operation, and who could run it. */
  public record Queue(String operation, int queued, int workers) {}

  /**
   * What is used of what there is.
   *
   * @param diskUsed 0: nothing is kept on a disk
   */
  public record Room(
      long memoryUsed, long memoryMax, long diskUsed, long diskFree, long lastIndex) {}

  /**
   * Something an operator should look at.
   *
   * @param code what it is, for programs; the sentence is {@code problem.} and this
   * @param link where on the page to look further; null: nowhere
   */
  public record Finding(String code, boolean error, List<Object> arguments, @Nullable String link) {
    JsonObject json(Locale language) {
      return new JsonObject()
          .put("code", code)
          .put("severity", error ? "error" : "warning")
          .put("message", Messages.text(language, "problem." + code, arguments.toArray()))
          .optional("link", link);
    }
  }

  /** The same for programs and the page. */
  public JsonObject json(Locale language) {
    return new JsonObject()
        .put("at", atMs)
        .put("node", node)
        .put("leader", leader)
        .put("term", term)
        .put("started_at", startedAtMs)
        .put(
            "rates",
            new JsonObject()
                .put("accepted", rates.accepted())
                .put("finished", rates.finished())
                .put("failed", rates.failed())
                .put("messages", rates.messages()))
        .put(
            "latency",
            new JsonObject()
                .put("start", latency(latency.start()))
                .put("finish", latency(latency.finish())))
        .put(
            "tasks",
            new JsonObject()
                .put("scheduled", counts.scheduled())
                .put("queued", counts.queued())
                .put("running", counts.running())
                .put("kept", counts.kept()))
        .put("oldest_queued_at", oldestQueuedAtMs)
        .put("slots", new JsonObject().put("total", counts.slots()).put("busy", counts.busy()))
        .put("workers", counts.workers())
        .put("connections", counts.connections())
        .put("clients", counts.clients())
        .put("queues", queues.stream().map(Figures::queue).toList())
        .put("memory", new JsonObject().put("used", room.memoryUsed()).put("max", room.memoryMax()))
        .optional("disk", disk())
        .put("log", new JsonObject().put("last_index", room.lastIndex()).put("term", term))
        .put("problems", problems(language));
  }

  /** What an operator should look at. */
  public List<Object> problems(Locale language) {
    return problems.stream().<Object>map(found -> found.json(language).members()).toList();
  }

  private @Nullable JsonObject disk() {
    return room.diskUsed() == 0
        ? null
        : new JsonObject().put("used", room.diskUsed()).put("free", room.diskFree());
  }

  private static JsonObject latency(Pulse.Latency latency) {
    return new JsonObject().put("p50_ms", latency.p50()).put("p95_ms", latency.p95());
  }

  private static Object queue(Queue queue) {
    return new JsonObject()
        .put("operation", queue.operation())
        .put("queued", queue.queued())
        .put("workers", queue.workers())
        .members();
  }
}
