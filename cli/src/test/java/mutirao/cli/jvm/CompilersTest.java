package mutirao.cli.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of the two compilers the one that works for minutes makes way, and the quick one does not. */
class CompilersTest {
  private static final Path THREADS = Path.of("/proc/self/task");

  /** Where threads have no files, nothing can be changed or looked at. */
  private static final boolean SHOWN = Files.isDirectory(THREADS);

  /** Another JVM, which makes its compiler give way and tells what came of it. */
  static final class Told {
    private Told() {}

    public static void main(String[] arguments) throws Exception {
      Compilers.makeWay();
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().equals("mutirao-compilers")) {
          thread.join();
        }
      }
      if (!SHOWN) {
        return;
      }
      int own = nices("java").getFirst();
      for (String name : List.of("C1 CompilerThre", "C2 CompilerThre")) {
        System.out.print(name.substring(0, 2));
        for (int nice : nices(name)) {
          System.out.print(" " + (nice - own));
        }
        System.out.println();
      }
    }
  }

  @Test
  void theOptimisingCompilerMakesWayAndTheQuickOneDoesNot() throws Exception {
    assertEquals(SHOWN ? "C1 0\nC2 8\n" : "", told("-Dmutirao.compiler.nice=8"));
  }

  @Test
  void allStaysAsItIsWhereNobodyAsks() throws Exception {
    assertEquals(SHOWN ? "C1 0\nC2 0\n" : "", told("-Dother=8"));
  }

  private static String told(String option) throws Exception {
    Process told =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                // One thread each, as on two processors.
                "-XX:CICompilerCount=2",
                option,
                "-cp",
                System.getProperty("java.class.path"),
                Told.class.getName())
            .start();
    String out = new String(told.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, told.waitFor(), () -> "it said " + out);
    return out;
  }

  /** The nice values of all threads of that name in this process. */
  private static List<Integer> nices(String name) throws IOException {
    List<Integer> found = new ArrayList<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      for (Path thread : threads) {
        try {
          if (Files.readString(thread.resolve("comm")).strip().equals(name)) {
            found.add(nice(Files.readString(thread.resolve("stat"))));
          }
        } catch (NoSuchFileException e) {
          // It ended while it was looked at.
        }
      }
    }
    return found;
  }

  /** Field 19 of proc(5)'s stat; the second one, the name in brackets, may hold anything. */
  private static int nice(String stat) {
    String[] fromState = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return Integer.parseInt(fromState[16]);
  }
}
