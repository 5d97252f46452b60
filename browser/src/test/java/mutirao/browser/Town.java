package mutirao.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code mutirao demo --cluster} shows: three servers, each a process, with life on them. */
final class Town implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)/theatre");
  private static final long ENDS_WITHIN_SECONDS = 20;

  private final Process demo;
  private final String address;

  Town() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmn32m",
            "-cp",
            System.getProperty("java.class.path"),
            "mutirao.cli.Mutirao",
            "demo",
            "--cluster",
            "--lang",
            "en");
    demo = builder.redirectErrorStream(true).start();
    address = await(demo.inputReader(UTF_8));
  }

  /** The demonstration says where to look once it is up. */
  private static String await(BufferedReader said) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher found = ADDRESS.matcher(line);
      if (found.find()) {
        return found.group(1);
      }
      all.append(line).append('\n');
    }
    throw new IOException("the demonstration ended:\n" + all);
  }

  /** Where the page begins, whichever server serves it. */
  String address() {
    return address;
  }

  @Override
  public void close() throws InterruptedException {
    demo.destroy();
    if (!demo.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      demo.destroyForcibly();
    }
  }
}
