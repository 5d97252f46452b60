package mutirao.cli.demo;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import mutirao.cli.data.Folders;
import mutirao.web.Stage;
import org.jspecify.annotations.Nullable;

/**
 * Three servers of one group, each a process of its own, that may be killed and started again. What
 * they keep is in a temporary folder that is deleted at the end. Thread-safe.
 */
public final class Troupe implements Stage, AutoCloseable {
  /** Tells a server of the demonstration where its stage is: {@code port secret node,node…}. */
  public static final String STAGE = "MUTIRAO_STAGE";

  private static final Logger LOG = System.getLogger(Troupe.class.getName());
  private static final List<String> NODES = List.of("n1", "n2", "n3");
  private static final String HOST = "127.0.0.1";
  private static final long END_WITHIN_SECONDS = 5;

  /** For the other servers, for clients, and for the page. */
  private static final int PORTS = 3;

  /** Where a server is to be found. */
  private record Place(int peerPort, int port, int webPort) {}

  private final Path folder;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<String, @Nullable Process> running = new LinkedHashMap<>();
  private final String stage;
  private boolean closed;

  private Troupe(Path folder, String stage) throws IOException {
    this.folder = folder;
    this.stage = stage;
    List<Integer> ports = FreePorts.find(NODES.size() * PORTS);
    for (int i = 0; i < NODES.size(); i++) {
      int first = i * PORTS;
      Place place = new Place(ports.get(first), ports.get(first + 1), ports.get(first + 2));
      places.put(NODES.get(i), place);
    }
  }

  /**
   * Starts all three.
   *
   * @param door where they find the stage
   */
  public static Troupe start(StageDoor door) throws IOException {
    Path folder = Files.createTempDirectory("mutirao-demo-");
    Troupe troupe = new Troupe(folder, door.address() + " " + String.join(",", NODES));
    NODES.forEach(troupe::start);
    return troupe;
  }

  @Override
  public Set<String> nodes() {
    return Set.copyOf(NODES);
  }

  /** Where clients reach them, as {@code --server} takes it. */
  public String addresses() {
    return places.values().stream()
        .map(place -> HOST + ":" + place.port())
        .collect(Collectors.joining(","));
  }

  /** The ports of their pages. */
  public List<Integer> webPorts() {
    return places.values().stream().map(Place::webPort).toList();
  }

  @Override
  public synchronized void kill(String node) {
    Process process = running.get(node);
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Override
  public synchronized void start(String node) {
    Process before = running.get(node);
    if (closed || !places.containsKey(node) || (before != null && before.isAlive())) {
      return;
    }
    try {
      running.put(node, builder(node).start());
    } catch (IOException e) {
      throw new IllegalStateException("the server " + node + " cannot be started", e);
    }
  }

  private ProcessBuilder builder(String node) {
    Place place = Objects.requireNonNull(places.get(node));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add("mutirao.cli.Mutirao");
    command.addAll(
        List.of(
            "server",
            "--node",
            node,
            "--cluster",
            places.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + HOST + ":" + entry.getValue().peerPort())
                .collect(Collectors.joining(",")),
            "--data",
            folder.resolve(node).toString(),
            "--port",
            Integer.toString(place.port()),
            "--web-port",
            Integer.toString(place.webPort()),
            "--browser-workers"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put(STAGE, stage);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(node + ".log").toFile()));
  }

  /** Ends them and deletes what they kept. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      running.values().forEach(Troupe::end);
    }
    for (Process process : running.values()) {
      if (process != null) {
        await(process);
      }
    }
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      // It is in the folder for what may be deleted.
      LOG.log(Level.DEBUG, "the demonstration's folder stays", e);
    }
  }

  private static void end(@Nullable Process process) {
    if (process != null) {
      process.destroy();
    }
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
