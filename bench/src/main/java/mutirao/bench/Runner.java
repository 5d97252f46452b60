package mutirao.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mutirao.bench.peer.Peer;
import mutirao.bench.peer.RunningServer;
import mutirao.bench.report.Progress;
import mutirao.bench.report.Run;
import mutirao.bench.report.Texts;
import mutirao.bench.report.Workload;

/**
 * Runs workloads in rounds, every peer once a round, so that what changes on the machine meets all
 * of them. Unless asked otherwise the servers of a workload live for all its rounds, because a JVM
 * needs many seconds until it is as fast as it gets; a server that is not being measured is idle.
 * Belongs to one thread.
 */
public final class Runner {
  /** A server compiled in advance has nothing to warm up but the generator's own code. */
  private static final double NATIVE_WARM_UP_SECONDS = 3;

  private final BenchOptions options;
  private final List<Peer> peers;
  private final Path directory;
  private final Texts texts;
  private final Progress progress;
  private final List<Run> runs = new ArrayList<>();
  private final Map<String, RunningServer> servers = new HashMap<>();
  private int sessions;

  /** A runner; servers' files go below {@code directory}. */
  public Runner(
      BenchOptions options, List<Peer> peers, Path directory, Texts texts, Progress progress) {
    this.options = options;
    this.peers = List.copyOf(peers);
    this.directory = directory;
    this.texts = texts;
    this.progress = progress;
  }

  /** Runs everything; a peer that fails is in the result and stops nobody else. */
  public List<Run> run() {
    for (Workload workload : options.workloads()) {
      try {
        rounds(workload);
      } finally {
        servers.values().forEach(RunningServer::close);
        servers.clear();
      }
    }
    progress.done();
    return List.copyOf(runs);
  }

  /**
   * A round that other load has spoiled is repeated; one that went wrong is not, for it would
   * again.
   */
  private void rounds(Workload workload) {
    List<Peer> able =
        peers.stream().filter(peer -> peer.abilities().contains(workload.ability())).toList();
    int wanted = wantedRounds(workload);
    int useful = 0;
    for (int round = 1; useful < wanted && round <= 2 * wanted; round++) {
      boolean spoiled = false;
      for (int i = 0; i < able.size(); i++) {
        Run run = once(workload, able.get((i + round - 1) % able.size()), round);
        runs.add(run);
        progress.line(line(run));
        spoiled |= run.usage().noisy();
      }
      useful += spoiled ? 0 : 1;
    }
  }

  private int wantedRounds(Workload workload) {
    return workload == Workload.W5 ? 1 : options.rounds();
  }

  private Run once(Workload workload, Peer peer, int round) {
    Instant startedAt = Instant.now();
    String name = peer.name();
    try {
      RunningServer server = servers.get(name);
      double warmUp = options.settleSeconds();
      if (server == null) {
        server = peer.start(directory.resolve(name + "-" + ++sessions));
        servers.put(name, server);
        warmUp = warmUpSeconds(peer);
      }
      String session = Integer.toString(++sessions);
      Measurement measurement = new Measurement(workload, peer, server, round, session, options);
      return measurement.run(
          warmUp, share -> progress.show(share, texts.get("progress", workload, name, round)));
    } catch (IOException e) {
      // A server that failed once is not asked again: the next round gets a fresh one.
      stop(name);
      return Run.failed(workload, name, round, startedAt, String.valueOf(e.getMessage()));
    } finally {
      if (options.fresh() || workload == Workload.W5) {
        stop(name);
      }
    }
  }

  private void stop(String name) {
    RunningServer server = servers.remove(name);
    if (server != null) {
      server.close();
    }
  }

  private double warmUpSeconds(Peer peer) {
    return peer.warmsUp()
        ? options.warmUpSeconds()
        : Math.min(options.warmUpSeconds(), NATIVE_WARM_UP_SECONDS);
  }

  private String line(Run run) {
    Object[] who = {run.workload(), run.peer(), run.round()};
    if (!run.verdict().ok()) {
      return texts.get("line.wrong", who[0], who[1], who[2], run.verdict().firstFailure());
    }
    String noise =
        run.usage().noisy()
            ? texts.get("line.noisy", texts.number(run.usage().otherCores(), 2))
            : "";
    if (run.idle() != null) {
      String each = texts.number(run.idle().residentBytesEach() / 1024, 2);
      String connections = texts.number(run.idle().connections(), 0);
      return texts.get("line.idle", who[0], who[1], who[2], connections, each, noise);
    }
    String unit = texts.get(run.workload() == Workload.W4 ? "unit.deliveries" : "unit.tasks");
    String rate = texts.number(run.rate(), 0);
    String p50 = texts.number(run.latency().p50(), 0);
    String p99 = texts.number(run.latency().p99(), 0);
    return texts.get("line", who[0], who[1], who[2], rate, unit, p50, p99, noise);
  }
}
