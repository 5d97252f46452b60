package mutirao.sim;

import static mutirao.sim.world.BrokenPromise.unless;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import mutirao.core.Machine;
import mutirao.core.Settings;
import mutirao.core.log.Log;
import mutirao.server.ServerConfig;
import mutirao.sim.oracle.KnownSession;
import mutirao.sim.oracle.Oracle;
import mutirao.sim.peer.Cast;
import mutirao.sim.peer.SimPeer;
import mutirao.sim.peer.Town;
import mutirao.sim.world.BrokenPromise;
import mutirao.sim.world.Faults;
import mutirao.sim.world.SimLog;
import mutirao.sim.world.SimNetwork;
import mutirao.sim.world.SimServer;
import mutirao.sim.world.Trace;
import mutirao.sim.world.World;

/**
 * A seed, the world it makes, and whether that world kept every promise. Three phases: with faults,
 * healed (everything owed must arrive), deserted (nothing may be left).
 */
public final class Simulation {

  /**
   * How to simulate.
   *
   * @param faultySteps how many events the phase with faults has
   * @param machines makes the machine under test, and the one that replays the log
   * @param logs what stands between the gateway and the log
   * @param mouth what becomes of the bytes that the gateway hands to the network
   */
  public record Setup(
      int faultySteps,
      Function<Settings, Machine> machines,
      UnaryOperator<Log> logs,
      UnaryOperator<byte[]> mouth) {

    /** The product as it is. */
    public static final Setup PRODUCT =
        new Setup(2500, Machine::new, UnaryOperator.identity(), UnaryOperator.identity());

    /** The same with another machine. */
    public Setup withMachines(Function<Settings, Machine> others) {
      return new Setup(faultySteps, others, logs, mouth);
    }

    /** The same with something before the log. */
    public Setup withLogs(UnaryOperator<Log> others) {
      return new Setup(faultySteps, machines, others, mouth);
    }

    /** The same with something before the network. */
    public Setup withMouth(UnaryOperator<byte[]> other) {
      return new Setup(faultySteps, machines, logs, other);
    }
  }

  private static final long CALM_WITHIN_MS = 120_000;
  private static final long SETTLING_MS = 3000;
  private static final long UNDER_WAY_MS = 1500;
  private static final long QUIET_LOOK_MS = 250;
  private static final long DESERTED_MS = 15_000;
  private static final long KEYS_FORGOTTEN_MS = 11 * 60_000;

  private final long seed;
  private final Setup setup;
  private final World world;
  private final Faults faults;
  private final SimLog log;
  private final SimServer server;
  private final SimNetwork network;
  private final Oracle oracle;
  private final List<SimPeer> peers;
  private final Settings settings;

  private Simulation(long seed, Setup setup, Trace trace) {
    this.seed = seed;
    this.setup = setup;
    this.world = new World(seed, trace);
    boolean crowd = world.percent(8);
    this.faults = Faults.draw(world, crowd);
    ServerConfig config = config(crowd);
    this.settings = config.settings();
    world.note("seed " + seed, faults + " " + config);
    this.log = new SimLog(world, faults);
    Machine machine = setup.machines().apply(settings);
    this.oracle = new Oracle(world, config, log, faults.logSlackMs(), machine::state);
    this.server = new SimServer(world, config, setup.logs().apply(log), machine);
    log.watchedBy(
        oracle.witness(),
        () -> {
          oracle.look();
          server.schedulePump();
        });
    this.network = new SimNetwork(world, faults, server, setup.mouth());
    Town town = new Town(world, faults, network, oracle, config);
    this.peers = Cast.draw(town, crowd);
    world.afterEveryEvent(oracle::look);
  }

  /**
   * Runs the world of one seed to its end.
   *
   * @throws BrokenPromise where a promise was broken; other exceptions come from the product
   */
  public static Verdict run(long seed, Setup setup, Trace trace) {
    return new Simulation(seed, setup, trace).run();
  }

  private ServerConfig config(boolean crowd) {
    long windowMs = world.oneOf(List.of(0L, 400L, 1500L, 1500L));
    int maxTasks = world.percent(20) ? 6 : 100_000;
    int maxFrame = crowd ? 128 * 1024 : 4096;
    int maxUnsent = crowd ? 4 * 1024 * 1024 : world.oneOf(List.of(9000, 9000, 96_000));
    int maxConnections = 30;
    return ServerConfig.DEFAULT
        .withBounds(maxFrame, maxUnsent, maxConnections)
        .withTimes(world.between(200, 500), 1200)
        .withSettings(new Settings(windowMs, maxTasks, 1L << 30));
  }

  private Verdict run() {
    peers.forEach(SimPeer::start);
    while (world.steps() < setup.faultySteps()) {
      world.step();
    }
    replay();
    heal();
    desert();
    replay();
    return new Verdict(seed, world.steps(), world.trace().hash(), world.tally());
  }

  // ---- healed: what is owed arrives

  private void heal() {
    world.note("world", "is healed");
    world.heal();
    network.heal();
    peers.forEach(SimPeer::settle);
    long settledMs = world.nowMs() + SETTLING_MS;
    runUntil(settledMs);
    world.note("world", "is hushed");
    world.hush();
    runUntil(world.nowMs() + UNDER_WAY_MS);
    long latestMs = world.nowMs() + CALM_WITHIN_MS;
    while (!calm()) {
      unless(world.nowMs() < latestMs, "the world calms down:", waiting());
      runUntil(world.nowMs() + QUIET_LOOK_MS);
    }
    List<String> here = new ArrayList<>();
    for (SimPeer peer : peers) {
      KnownSession session = peer.settledSession();
      if (!peer.stopped() && session != null) {
        oracle.heardEverything(session);
        here.add(session.name());
      }
    }
    oracle.nothingIsOwed(settledMs, here);
    List<String> known = oracle.truth().connectedNames();
    unless(
        known.size() == here.size() && known.containsAll(here),
        "who is connected is who is there:",
        known,
        here);
  }

  private boolean calm() {
    return waiting().isEmpty() && oracle.unfinished().isEmpty() && !log.busy();
  }

  private String waiting() {
    StringBuilder text = new StringBuilder();
    peers.forEach(peer -> text.append(peer.waitsFor()));
    return text.append(String.join(", ", oracle.unfinished())).toString();
  }

  // ---- deserted: nothing is left

  private void desert() {
    world.note("world", "is deserted");
    peers.forEach(SimPeer::leaveForGood);
    boolean forLong = world.percent(3);
    runUntil(world.nowMs() + (forLong ? KEYS_FORGOTTEN_MS : DESERTED_MS));
    oracle.truth().nothingIsLeft(forLong);
    unless(server.connectionCount() == 0, "no connection is left:", server.connectionCount());
  }

  // ---- replay: the log alone makes the same state

  private void replay() {
    Machine again = setup.machines().apply(settings);
    log.entries().forEach(again::apply);
    oracle.truth().sameAs(again.state());
  }

  private void runUntil(long timeMs) {
    boolean[] reached = new boolean[1];
    world.after(timeMs - world.nowMs(), "pause", () -> reached[0] = true);
    while (!reached[0]) {
      world.step();
    }
  }
}
