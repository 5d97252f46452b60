package mutirao.chaos.campaign;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import mutirao.chaos.fault.DiskImage;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.load.Load;
import org.jspecify.annotations.Nullable;

/** Real servers for campaigns, each at a port of its own that survives its restarts. */
public final class Servers {
  /** A load that a small machine bears beside its server. */
  public static final Load.Shape FEW =
      new Load.Shape(2, 2, 3, Duration.ofMillis(5), Duration.ofMillis(20));

  /** The command line's main class; its arguments follow. */
  static final String MAIN = "mutirao.cli.Mutirao";

  private static final int LEAST_PORT = 12_000;
  private static final int MOST_PORT = 32_000;

  /** More than any campaign has servers. */
  private static final int MOST_GIVEN = 100;

  private static final Deque<Integer> GIVEN = new ArrayDeque<>();

  private Servers() {}

  static ServerProcess inMemory(Path folder) throws IOException {
    return server(folder, command("--memory"));
  }

  public static ServerProcess onDisk(Path folder, String... options) throws IOException {
    return server(folder, command(data(folder.resolve("data"), options)));
  }

  /** A server for itself on a data folder that is there already. */
  static ServerProcess on(Path data, Path folder) throws IOException {
    return server(folder, command(data(data)));
  }

  /**
   * A server on a disk of its own.
   *
   * @param before what a shell does there before each start
   */
  public static ServerProcess onDisk(DiskImage disk, String before, Path folder, String... options)
      throws IOException {
    return server(folder, disk.under(before, command(data(disk.root().resolve("data"), options))));
  }

  private static ServerProcess server(Path folder, List<String> command) {
    return new ServerProcess(command, folder.resolve("server.log"));
  }

  private static String[] data(Path folder, String... options) {
    List<String> all = new ArrayList<>(List.of("--data", folder.toString()));
    all.addAll(List.of(options));
    return all.toArray(String[]::new);
  }

  private static List<String> command(String... options) throws IOException {
    return commandAt(freePort(), options);
  }

  private static List<String> commandAt(int port, String... options) {
    List<String> command = program();
    command.addAll(List.of("server", "--no-web", "--port", Integer.toString(port)));
    command.addAll(List.of(options));
    return command;
  }

  /** The command line's program, of this class path. */
  public static List<String> program() {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            MAIN));
  }

  /**
   * A member of a group.
   *
   * @param port where its clients reach it
   * @param where what to run so that the command runs where it is to
   */
  static ServerProcess member(
      Path folder,
      String node,
      int port,
      String cluster,
      UnaryOperator<List<String>> where,
      Path data,
      String... options)
      throws IOException {
    List<String> command =
        commandAt(
            port, "--node", node, "--cluster", cluster, "--data", data.toString(), "--no-archive");
    command.addAll(List.of(options));
    return new ServerProcess(where.apply(command), folder.resolve(node + ".log"));
  }

  /** The command, with {@code classes} before all others; null: as it is. */
  static List<String> ofBuild(@Nullable Path classes, List<String> command) {
    if (classes == null) {
      return command;
    }
    List<String> all = new ArrayList<>(command);
    int classPath = all.indexOf("-cp") + 1;
    all.set(classPath, classes + File.pathSeparator + all.get(classPath));
    return all;
  }

  /**
   * A port that nobody listens at, and that was not given away just now: whoever got it may not
   * listen yet. Below those that the system gives to outgoing connections, because it must stay
   * free for a while. Any thread.
   */
  public static int freePort() {
    synchronized (GIVEN) {
      while (true) {
        int port = ThreadLocalRandom.current().nextInt(LEAST_PORT, MOST_PORT);
        if (!GIVEN.contains(port) && isFree(port)) {
          GIVEN.addLast(port);
          if (GIVEN.size() > MOST_GIVEN) {
            GIVEN.removeFirst();
          }
          return port;
        }
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
