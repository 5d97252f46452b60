package mutirao.sim;

import static mutirao.sim.world.BrokenPromise.unless;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import mutirao.core.Machine;
import mutirao.core.Settings;
import mutirao.core.State;
import mutirao.core.log.Log;
import mutirao.server.ServerConfig;
import mutirao.sim.group.Flaw;
import mutirao.sim.group.Group;
import mutirao.sim.oracle.KnownSession;
import mutirao.sim.oracle.Oracle;
import mutirao.sim.peer.Cast;
import mutirao.sim.peer.SimPeer;
import mutirao.sim.peer.Town;
import mutirao.sim.server.OneServer;
import mutirao.sim.server.Servers;
import mutirao.sim.server.SimNetwork;
import mutirao.sim.world.BrokenPromise;
import mutirao.sim.world.Faults;
import mutirao.sim.world.Trace;
import mutirao.sim.world.World;
import org.jspecify.annotations.Nullable;

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
   * @param flaw a bug in the replicated log of several servers; null: there is one server
   */
  public record Setup(
      int faultySteps,
      Function<Settings, Machine> machines,
      UnaryOperator<Log> logs,
      UnaryOperator<byte[]> mouth,
      @Nullable Flaw flaw) {

    /** The product as it is, one server. */
    public static final Setup PRODUCT =
        new Setup(2500, Machine::new, UnaryOperator.identity(), UnaryOperator.identity(), null);

    /** The product as it is, several servers. */
    public static final Setup GROUP = PRODUCT.withFlaw(Flaw.NONE);

    /** Several servers whose log has a bug. */
    public Setup withFlaw(Flaw other) {
      return new Setup(GROUP_STEPS, machines, logs, mouth, other);
    }

    /** The same with another machine. */
    public Setup withMachines(Function<Settings, Machine> others) {
      return new Setup(faultySteps, others, logs, mouth, flaw);
    }

    /** The same with something before the log. */
    public Setup withLogs(UnaryOperator<Log> others) {
      return new Setup(faultySteps, machines, others, mouth, flaw);
    }

    /** The same with something before the network. */
    public Setup withMouth(UnaryOperator<byte[]> other) {
      return new Setup(faultySteps, machines, logs, other, flaw);
    }
  }

  private static final int GROUP_STEPS = 3000;
  private static final long CALM_WITHIN_MS = 120_000;
  private static final long SETTLING_MS = 3000;
  private static final long UNDER_WAY_MS = 1500;
  private static final long QUIET_LOOK_MS = 250;
  private static final long DESERTED_MS = 20_000;
  private static final long KEYS_FORGOTTEN_MS = 11 * 60_000;

  private final long seed;
  private final Setup setup;
  private final World world;
  private final Faults faults;
  private final Servers servers;
  private final SimNetwork network;
  private final Oracle oracle;
  private final List<SimPeer> peers;
  private final Settings settings;

  private Simulation(long seed, Setup setup, Trace trace) {
    this.seed = seed;
    this.setup = setup;
    this.world = new World(seed, trace);
    boolean several = setup.flaw() != null;
    boolean crowd = !several && world.percent(8);
    this.faults = Faults.draw(world, crowd);
    ServerConfig config = config(crowd);
    this.settings = config.settings();
    world.note("seed " + seed, faults + " " + config);
    this.servers = servers(config);
    long slackMs = several ? Long.MAX_VALUE : faults.logSlackMs();
    this.oracle = new Oracle(world, config, servers, slackMs);
    servers.start(oracle.witness(), oracle::look);
    this.network = new SimNetwork(world, faults, servers, setup.mouth());
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

  private Servers servers(ServerConfig config) {
    return setup.flaw() == null
        ? new OneServer(world, faults, config, setup.machines().apply(settings), setup.logs())
        : new Group(world, config, setup.machines(), setup.logs(), setup.flaw());
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
    servers.heal();
    network.heal();
    peers.forEach(SimPeer::settle);
    runUntil(world.nowMs() + SETTLING_MS);
    long settledMs = oracle.serversMs();
    world.note("world", "is hushed");
    world.hush();
    runUntil(world.nowMs() + UNDER_WAY_MS);
    long latestMs = world.nowMs() + CALM_WITHIN_MS;
    while (!calm()) {
      unless(
          world.nowMs() < latestMs, "the world calms down:", waiting(), oracle.truth().origins());
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
        here,
        oracle.truth().origins());
  }

  private boolean calm() {
    return waiting().isEmpty() && oracle.unfinished().isEmpty() && servers.calm();
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
    boolean forLong = !servers.several() && world.percent(3);
    runUntil(world.nowMs() + (forLong ? KEYS_FORGOTTEN_MS : DESERTED_MS));
    oracle.truth().nothingIsLeft(forLong);
    int connections = servers.connectionCount();
    unless(connections == 0, "no connection is left:", connections);
  }

  // ---- replay: the log alone makes the same state

  private void replay() {
    Machine again = setup.machines().apply(settings);
    servers.entries().forEach(again::apply);
    oracle.truth().sameAs(again.state());
    for (State state : servers.states()) {
      if (state.lastIndex() == oracle.truth().state().lastIndex()) {
        oracle.truth().sameAs(state);
      }
    }
  }

  private void runUntil(long timeMs) {
    boolean[] reached = new boolean[1];
    world.after(timeMs - world.nowMs(), "pause", () -> reached[0] = true);
    while (!reached[0]) {
      world.step();
    }
  }
}
