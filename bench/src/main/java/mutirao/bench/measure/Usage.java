package mutirao.bench.measure;

/**
 * What a span of time cost. NaN where this system does not tell.
 *
 * @param seconds the span
 * @param serverCpuSeconds CPU time of the server's process
 * @param generatorCpuSeconds CPU time of this process
 * @param otherCores CPU cores that everything else on the machine used; slightly negative where
 *     short bursts escape the kernel's ticks
 * @param serverPeakMegabytes the most memory the server ever had resident
 */
public record Usage(
    double seconds,
    double serverCpuSeconds,
    double generatorCpuSeconds,
    double otherCores,
    double serverPeakMegabytes) {

  /**
   * Above this many cores of other load a run is noisy: at two cores it changes results by more
   * than the spread.
   */
  public static final double NOISY_CORES = 0.20;

  /** True where other load spoils the run. */
  public boolean noisy() {
    return otherCores > NOISY_CORES;
  }

  /** Cores the server used. */
  public double serverCores() {
    return serverCpuSeconds / seconds;
  }

  /** Cores the load generator used. */
  public double generatorCores() {
    return generatorCpuSeconds / seconds;
  }
}
