package mutirao.bench.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Scanner;

/**
 * Reads the clocks of server, generator and machine; the difference of two readings is a {@link
 * Usage}.
 */
public final class Meter {
  private static final Path PROC = Path.of("/proc");
  private static final double NANOS_PER_SECOND = 1e9;

  /** USER_HZ, the unit of /proc/stat, is 100 on every Linux. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int STAT_FIELDS = 8;
  private static final int STAT_IDLE = 3;
  private static final int STAT_IOWAIT = 4;

  private final OptionalLong serverPid;

  /** A meter; without a process the server's figures are NaN. */
  public Meter(OptionalLong serverPid) {
    this.serverPid = serverPid;
  }

  /** The clocks now. */
  public Reading read() {
    double server = serverPid.isPresent() ? cpuSeconds(serverPid.getAsLong()) : Double.NaN;
    return new Reading(
        System.nanoTime(), server, cpuSeconds(ProcessHandle.current().pid()), machineBusySeconds());
  }

  /** What happened since {@code before}. */
  public Usage since(Reading before) {
    Reading now = read();
    double seconds = (now.nanos - before.nanos) / NANOS_PER_SECOND;
    double server = now.server - before.server;
    double generator = now.generator - before.generator;
    double known = Double.isNaN(server) ? generator : server + generator;
    double others = (now.machine - before.machine - known) / seconds;
    return new Usage(
        seconds,
        server,
        generator,
        serverPid.isPresent() ? others : Double.NaN,
        statusKilobytes("VmHWM:") / 1024);
  }

  /** Resident memory of the server in bytes; NaN where unknown. */
  public double residentBytes() {
    return statusKilobytes("VmRSS:") * 1024;
  }

  private static double cpuSeconds(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .map(Duration::toNanos)
        .map(nanos -> nanos / NANOS_PER_SECOND)
        .orElse(Double.NaN);
  }

  private double statusKilobytes(String field) {
    if (serverPid.isEmpty()) {
      return Double.NaN;
    }
    Path status = PROC.resolve(Long.toString(serverPid.getAsLong())).resolve("status");
    try {
      for (String line : Files.readAllLines(status, UTF_8)) {
        if (line.startsWith(field)) {
          return Double.parseDouble(line.substring(field.length()).replace("kB", "").strip());
        }
      }
    } catch (IOException e) {
      return Double.NaN;
    }
    return Double.NaN;
  }

  /** User, nice, system, irq, softirq and steal time of all cores. */
  private static double machineBusySeconds() {
    try (Scanner stat = new Scanner(PROC.resolve("stat"), UTF_8)) {
      stat.next();
      long ticks = 0;
      for (int i = 0; i < STAT_FIELDS; i++) {
        long value = stat.nextLong();
        ticks += i == STAT_IDLE || i == STAT_IOWAIT ? 0 : value;
      }
      return ticks / TICKS_PER_SECOND;
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  /** Clocks at one instant. */
  public static final class Reading {
    private final long nanos;
    private final double server;
    private final double generator;
    private final double machine;

    private Reading(long nanos, double server, double generator, double machine) {
      this.nanos = nanos;
      this.server = server;
      this.generator = generator;
      this.machine = machine;
    }
  }
}
