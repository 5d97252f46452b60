package mutirao.bench.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** The middle and the ends of several values; NaN where there are none. */
public record Spread(double median, double min, double max, int count) {

  /** Of all values that are numbers. */
  public static Spread of(DoubleStream values) {
    double[] sorted = values.filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (sorted.length == 0) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN, 0);
    }
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(
        median, sorted[0], Arrays.stream(sorted).max().orElse(Double.NaN), sorted.length);
  }
}
