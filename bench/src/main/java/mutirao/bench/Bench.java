package mutirao.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import mutirao.bench.measure.Machine;
import mutirao.bench.peer.Peer;
import mutirao.bench.peer.PeerOptions;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.peers.Peers;
import mutirao.bench.report.JsonReport;
import mutirao.bench.report.Progress;
import mutirao.bench.report.Run;
import mutirao.bench.report.Tables;
import mutirao.bench.report.Texts;
import mutirao.bench.report.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mutirao bench}: measures servers side by side and prints tables. */
@Command(
    name = "mutirao bench",
    resourceBundle = Texts.BUNDLE,
    mixinStandardHelpOptions = true,
    version = "mutirao bench 1.0.0",
    sortOptions = false)
public final class Bench implements Callable<Integer> {
  private static final int WORK_FAILED = 1;
  private static final List<String> USUAL_PEERS = List.of("relay", "mutirao");
  private static final List<String> PEERS_ON_DISK =
      List.of("mutirao-durable", "redis-always", "jetstream", "rabbitmq-quorum");

  /**
   * The launcher's own, and a heap of one size so that figures can be compared between machines.
   */
  private static final String JVM_FLAGS =
      "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
          + " -Dio.netty.leakDetection.level=disabled -XX:+UseSerialGC -Xmn32m"
          + " -Dmutirao.compiler.nice=8 -Xms256m -Xmx1g";

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Option(
      names = {"-w", "--workload"},
      split = ",",
      defaultValue = "W1,W2,W4,W5")
  private List<Workload> workloads = List.of();

  @Option(
      names = {"-p", "--peers"},
      split = ",",
      completionCandidates = Peers.Names.class)
  private List<String> peerNames = List.of();

  @Option(names = "--rounds", defaultValue = "5")
  private int rounds;

  @Option(names = "--seconds", defaultValue = "3")
  private double seconds;

  @Option(names = "--warmup", defaultValue = "15")
  private double warmUpSeconds;

  @Option(names = "--settle", defaultValue = "1")
  private double settleSeconds;

  @Option(names = "--rate", defaultValue = "0")
  private double ratePerSecond;

  @Option(names = "--fresh")
  private boolean fresh;

  @Option(names = "--members", defaultValue = "100")
  private int members;

  @Option(names = "--connections", defaultValue = "10000")
  private int connections;

  @Option(names = "--directory")
  private @Nullable Path parent;

  @Option(names = "--json")
  private @Nullable Path json;

  @Option(names = "--server")
  private @Nullable String server;

  @Option(names = "--server-pid")
  private @Nullable Long serverPid;

  @Option(names = "--server-jar")
  private @Nullable Path serverJar;

  @Option(names = "--jvm-flags", split = " ", defaultValue = Bench.JVM_FLAGS)
  private List<String> jvmFlags = List.of();

  @Option(names = "--lang")
  private @Nullable String language;

  /** Exit codes: 0 all was right, 1 something was lost, wrong or refused, 2 wrong usage. */
  public static void main(String[] arguments) {
    System.exit(execute(arguments));
  }

  /** The command without the exit, for tests. */
  static int execute(String... arguments) {
    Bench bench = new Bench();
    CommandLine command = new CommandLine(bench);
    command.setCaseInsensitiveEnumValuesAllowed(true);
    return command.execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    BenchOptions options = checkedOptions();
    Texts texts = new Texts(locale());
    Progress progress = new Progress(System.err, Progress.standardErrorIsTerminal());
    List<Peer> peers = peers();
    Map<String, String> versions = new LinkedHashMap<>();
    for (Peer peer : peers) {
      versions.put(peer.name(), peer.version().orElse(texts.get("absent", peer.remedy())));
    }
    List<Peer> present = peers.stream().filter(peer -> peer.version().isPresent()).toList();
    Machine machine = Machine.here();
    Path directory = temporaryDirectory();
    List<Run> runs = new Runner(options, present, directory, texts, progress).run();
    Tables tables = new Tables(texts);
    System.out.print(tables.all(machine, options.workloads(), versions, runs));
    System.out.println(texts.get("files", directory, Files.getFileStore(directory).type()));
    if (json != null) {
      Map<String, Object> configuration = new LinkedHashMap<>(options.asMap());
      configuration.put("jvm_flags", jvmFlags);
      Files.write(json, JsonReport.of(machine, configuration, versions, runs).bytes());
    }
    deleteTree(directory);
    boolean right = runs.stream().allMatch(run -> run.verdict().ok());
    return right && present.size() == peers.size() ? 0 : WORK_FAILED;
  }

  private Path temporaryDirectory() throws IOException {
    String prefix = "mutirao-bench";
    return parent == null
        ? Files.createTempDirectory(prefix)
        : Files.createTempDirectory(parent.toAbsolutePath(), prefix);
  }

  private BenchOptions checkedOptions() {
    require(rounds >= 1, "--rounds");
    require(seconds > 0, "--seconds");
    require(warmUpSeconds >= 0, "--warmup");
    require(settleSeconds >= 0, "--settle");
    require(ratePerSecond >= 0, "--rate");
    require(members >= 1, "--members");
    require(connections >= 1, "--connections");
    return new BenchOptions(
        workloads,
        rounds,
        seconds,
        warmUpSeconds,
        settleSeconds,
        ratePerSecond,
        fresh,
        members,
        connections);
  }

  private void require(boolean inRange, String option) {
    if (!inRange) {
      throw new ParameterException(commandLine(), new Texts(locale()).get("out.of.range", option));
    }
  }

  private List<Peer> peers() {
    List<Peer> all = Peers.all(peerOptions());
    List<Peer> wanted = new ArrayList<>();
    for (String name : peerNames.isEmpty() ? usualPeers() : peerNames) {
      wanted.add(
          all.stream()
              .filter(peer -> peer.name().equalsIgnoreCase(name.strip()))
              .findFirst()
              .orElseThrow(() -> unknownPeer(name, all)));
    }
    return wanted;
  }

  private List<String> usualPeers() {
    List<String> names = new ArrayList<>();
    if (workloads.stream().anyMatch(workload -> workload != Workload.W3)) {
      names.addAll(USUAL_PEERS);
    }
    if (workloads.contains(Workload.W3)) {
      names.addAll(PEERS_ON_DISK);
    }
    return names;
  }

  private ParameterException unknownPeer(String name, List<Peer> all) {
    String known = String.join(", ", all.stream().map(Peer::name).toList());
    return new ParameterException(
        commandLine(), new Texts(locale()).get("unknown.peer", name, known));
  }

  private PeerOptions peerOptions() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path jar = serverJar != null ? serverJar : PeerOptions.findServerJar();
    OptionalLong pid = serverPid == null ? OptionalLong.empty() : OptionalLong.of(serverPid);
    try {
      return new PeerOptions(
          java, jvmFlags, jar, server == null ? null : RunningServer.parse(server), pid);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine(), "--server: " + e.getMessage(), e);
    }
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }

  private Locale locale() {
    return language == null ? Locale.getDefault() : Locale.forLanguageTag(language);
  }

  private static void deleteTree(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
