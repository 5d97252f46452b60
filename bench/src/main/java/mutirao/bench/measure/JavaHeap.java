package mutirao.bench.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks another JVM of the same user, through {@code jcmd}, what its heap holds. */
public final class JavaHeap {
  private static final Pattern USED =
      Pattern.compile("(?m)^(.*?), used (\\d+)K|^(.*?) used (\\d+)K");
  private static final int SECONDS = 60;

  private JavaHeap() {}

  /**
   * Bytes alive in the heap of {@code pid} after a full collection; NaN where there is no {@code
   * jcmd} or it is no JVM.
   */
  public static double liveBytes(long pid) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      return Double.NaN;
    }
    try {
      run(jcmd, pid, "GC.run");
      return usedBytes(run(jcmd, pid, "GC.heap_info"));
    } catch (IOException e) {
      return Double.NaN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Double.NaN;
    }
  }

  /** The heap's share of what {@code GC.heap_info} prints; NaN where it names none. */
  static double usedBytes(String heapInfo) {
    double kilobytes = Double.NaN;
    for (String line : heapInfo.lines().toList()) {
      Matcher matcher = USED.matcher(line);
      if (matcher.find() && !line.contains("Metaspace") && !line.contains("class space")) {
        String digits = matcher.group(2) != null ? matcher.group(2) : matcher.group(4);
        double used = Double.parseDouble(digits);
        kilobytes = Double.isNaN(kilobytes) ? used : kilobytes + used;
      }
    }
    return kilobytes * 1024;
  }

  private static String run(Path jcmd, long pid, String command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(jcmd.toString(), Long.toString(pid), command))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(output);
    }
    return output;
  }
}
