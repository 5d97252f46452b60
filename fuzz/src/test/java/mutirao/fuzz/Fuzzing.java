package mutirao.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets Jazzer loose on one target, in a process of its own. As a program: minutes for all targets
 * together, and the folder where what is learned stays, so that the next run goes on from there.
 */
public final class Fuzzing {
  static final List<Class<?>> TARGETS =
      List.of(FrameFuzz.class, CommandFuzz.class, SnapshotFuzz.class);

  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
  private static final int GRACE_SECONDS = 120;

  private Fuzzing() {}

  /**
   * What came of it.
   *
   * @param executions inputs tried; 0 where it ended before its time
   * @param exit 0 where nothing was found
   */
  record Outcome(long executions, int exit, Path log) {}

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    int seconds = Integer.parseInt(arguments[0]) * 60 / TARGETS.size();
    Path folder = Path.of(arguments[1]).toAbsolutePath();
    boolean found = false;
    for (Class<?> target : TARGETS) {
      Outcome outcome = run(target, seconds, folder.resolve(target.getSimpleName()));
      System.out.printf(
          "%s: %,d executions in %d s%s%n",
          target.getSimpleName(),
          outcome.executions(),
          seconds,
          outcome.exit() == 0 ? "" : "; it found something, see " + outcome.log());
      found |= outcome.exit() != 0;
    }
    if (found) {
      throw new IllegalStateException("something was found");
    }
  }

  /** Fuzzes one target for so long; its folder holds the corpus, the log and what was found. */
  static Outcome run(Class<?> target, int seconds, Path folder)
      throws IOException, InterruptedException {
    Path corpus = folder.resolve("corpus");
    Seeds.write(target, corpus);
    Path log = folder.resolve("log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+EnableDynamicAgentLoading",
            "-XX:+UseSerialGC",
            "-Xmx1g",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.getName(),
            "--instrumentation_includes=mutirao.**",
            "--reproducer_path=" + folder,
            "-max_total_time=" + seconds,
            "-max_len=8192",
            "-timeout=10",
            "-rss_limit_mb=3000",
            "-print_final_stats=1",
            "-artifact_prefix=" + folder + "/",
            corpus.toString());
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(seconds + GRACE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the fuzzer does not end; see " + log);
    }
    Matcher done = DONE.matcher(Files.readString(log, UTF_8));
    return new Outcome(done.find() ? Long.parseLong(done.group(1)) : 0, process.exitValue(), log);
  }
}
