package mutirao.cli.jvm;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the JVM's optimising compiler (C2) make way for everything else that runs on the machine: it
 * works for minutes after a start. The JVM has one switch for all its compilers, and it must not be
 * used: on a machine without idle processors the quick one (C1) would hardly ever run, and a server
 * that is only interpreted needs so much of the processor that this does not end by itself.
 */
public final class Compilers {
  /** The system property with the nice value of the optimising compiler; 0 or absent: as it is. */
  static final String NICE = "mutirao.compiler.nice";

  private static final Logger LOG = LoggerFactory.getLogger(Compilers.class);
  private static final Path THREADS = Path.of("/proc/self/task");

  /** As Linux shows the name of a thread: cut after 15 bytes. */
  private static final String OPTIMISING = "C2 CompilerThre";

  /** {@code PRIO_PROCESS} of setpriority(2); on Linux it takes the number of a thread, too. */
  private static final int ONE_THREAD = 0;

  private Compilers() {}

  /**
   * Does what {@value #NICE} says, beside what goes on; where that cannot be, all stays as it is.
   */
  public static void makeWay() {
    int nice = Integer.getInteger(NICE, 0);
    if (nice > 0 && Files.isDirectory(THREADS)) {
      Thread.ofPlatform().daemon().name("mutirao-compilers").start(() -> makeWay(nice));
    }
  }

  private static void makeWay(int nice) {
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
      MethodHandle setPriority = setPriority();
      for (Path thread : threads) {
        if (Files.readString(thread.resolve("comm")).strip().equals(OPTIMISING)) {
          int number = Integer.parseInt(thread.getFileName().toString());
          int failed = (int) setPriority.invokeExact(ONE_THREAD, number, nice);
          LOG.debug("compiler thread {}: {}", number, failed == 0 ? "makes way" : "stays");
        }
      }
    } catch (Throwable e) {
      // A handle may throw anything; and whatever it is, this is a matter of speed alone.
      LOG.debug("compilers stay as they are", e);
    }
  }

  @SuppressWarnings("restricted") // The launcher and the tests allow it; else the JVM says so.
  private static MethodHandle setPriority() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("setpriority"),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  }
}
