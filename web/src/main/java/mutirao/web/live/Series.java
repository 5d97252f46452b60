package mutirao.web.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import mutirao.web.http.JsonObject;

/** The last minutes, a point a second. Thread-safe. */
final class Series {
  private static final int MAX_POINTS = 600;
  private static final int STEP_MS = 1000;

  private final ArrayDeque<Figures> points = new ArrayDeque<>();

  synchronized void add(Figures figures) {
    points.addLast(figures);
    if (points.size() > MAX_POINTS) {
      points.removeFirst();
    }
  }

  synchronized JsonObject json() {
    return new JsonObject()
        .put("step_ms", STEP_MS)
        .put("at", whole(Figures::atMs))
        .put("accepted", broken(point -> point.rates().accepted()))
        .put("finished", broken(point -> point.rates().finished()))
        .put("failed", broken(point -> point.rates().failed()))
        .put("queued", whole(point -> point.counts().queued()))
        .put("running", whole(point -> point.counts().running()))
        .put("start_p95", whole(point -> point.latency().start().p95()))
        .put("finish_p95", whole(point -> point.latency().finish().p95()));
  }

  private List<Long> whole(ToLongFunction<Figures> figure) {
    List<Long> values = new ArrayList<>(points.size());
    for (Figures point : points) {
      values.add(figure.applyAsLong(point));
    }
    return values;
  }

  private List<Double> broken(ToDoubleFunction<Figures> figure) {
    List<Double> values = new ArrayList<>(points.size());
    for (Figures point : points) {
      values.add(figure.applyAsDouble(point));
    }
    return values;
  }
}
