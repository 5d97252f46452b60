package mutirao.chaos.campaign;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mutirao.chaos.fault.FakeClock;
import mutirao.chaos.fault.Hogs;
import mutirao.chaos.fault.Injection;
import mutirao.chaos.fault.ServerProcess;
import mutirao.chaos.fault.Tools;
import mutirao.chaos.load.Load;
import org.jspecify.annotations.Nullable;

/** What befalls the servers of a group together, or one of them where the others see it. */
public final class GroupFaults {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** So many acknowledgements show that those who are left serve. */
  private static final int SERVED = 50;

  private static final int LEAST_MS = 500;

  /** Far beyond what any clock is wrong by, and beyond every timeout of the load. */
  private static final int[] WRONG_SECONDS = {600, -600, 3600, -3600};

  private static final int STROBES = 20;
  private static final int[] SLOW_MS = {20, 100};

  private final ThreeServers servers;
  private final Random random;

  /** What befalls {@code servers}. */
  public GroupFaults(ThreeServers servers, long seed) {
    this.servers = servers;
    this.random = new Random(seed);
  }

  /** The power of all machines is cut at one moment. They need disks of their own. */
  public Fault powerCutOfAll() {
    return (_, downMs) -> {
      for (String node : ThreeServers.NODES) {
        servers.server(node).pause();
      }
      for (String node : ThreeServers.NODES) {
        servers.ground().disk(node).cutPower(servers.server(node));
      }
      TimeUnit.MILLISECONDS.sleep(downMs);
      servers.startTogether(ThreeServers.NODES);
    };
  }

  /** The power of one machine is cut. */
  public Fault powerCut() {
    return servers.inTurn(
        (server, downMs) -> {
          servers.ground().disk(servers.name(server)).cutPower(server);
          TimeUnit.MILLISECONDS.sleep(downMs);
          server.start();
        });
  }

  /**
   * One follower stands still while the leader and the other go on; then that other loses its
   * power, the leader stands still, and the two that are left must know everything.
   */
  public Fault changeOfMajorities() {
    return new Fault() {
      private @Nullable Load load;

      @Override
      public void begin(Load begun) {
        load = begun;
      }

      @Override
      public void strike(ServerProcess any, long downMs) throws IOException, InterruptedException {
        String leader = servers.leading();
        List<String> others = ThreeServers.othersThan(leader);
        int late = random.nextInt(others.size());
        ServerProcess still = servers.server(others.get(late));
        String swing = others.get(1 - late);
        still.pause();
        serve(Objects.requireNonNull(load));
        servers.ground().disk(swing).cutPower(servers.server(swing));
        servers.server(leader).pause();
        still.unpause();
        servers.server(swing).start();
        serve(Objects.requireNonNull(load));
        TimeUnit.MILLISECONDS.sleep(downMs);
        servers.server(leader).unpause();
        servers.awaitAll();
      }
    };
  }

  private static void serve(Load load) throws IOException, InterruptedException {
    try {
      load.progress().awaitMore(SERVED, PATIENCE);
    } catch (TimeoutException e) {
      throw new IOException("two servers serve nobody", e);
    }
  }

  /** The disk of one is full until it has ended by itself, and then there is space again. */
  public Fault fullDisk() {
    return servers.inTurn(
        (server, downMs) -> {
          servers.ground().disk(servers.name(server)).fill(server);
          ServerFaults.mustBreak(server);
          TimeUnit.MILLISECONDS.sleep(downMs);
          server.start();
        });
  }

  /** Writing to the log of one fails. */
  public Fault failingWrite() {
    return servers.inTurn(
        (server, downMs) ->
            ServerFaults.failingWrite(servers.data(servers.name(server))).strike(server, downMs));
  }

  /** Forcing to the disk takes one of them a long time. */
  public Fault slowDisk() {
    return servers.inTurn(
        (server, downMs) -> {
          int slowMs = SLOW_MS[random.nextInt(SLOW_MS.length)];
          try (Injection _ =
              Injection.into(
                  server,
                  "fsync,fdatasync:delay_enter=" + TimeUnit.MILLISECONDS.toMicros(slowMs))) {
            TimeUnit.MILLISECONDS.sleep(LEAST_MS + downMs);
          }
        });
  }

  /**
   * The wall clock of one goes to and fro, then stays wrong, and the server is started again under
   * it. They need clocks of their own.
   */
  public Fault wrongClock() {
    return servers.inTurn(
        (server, downMs) -> {
          FakeClock clock = servers.ground().clock(servers.name(server));
          for (int strobe = 0; strobe < STROBES; strobe++) {
            clock.turn(wrongSeconds());
            TimeUnit.MILLISECONDS.sleep(downMs / STROBES);
          }
          clock.turn(wrongSeconds());
          ServerFaults.restart(server, LEAST_MS);
        });
  }

  private int wrongSeconds() {
    return WRONG_SECONDS[random.nextInt(WRONG_SECONDS.length)];
  }

  /** Others take all processors. */
  public Fault starvation() {
    return (_, downMs) -> {
      try (Hogs _ = Hogs.start(2 * Runtime.getRuntime().availableProcessors())) {
        TimeUnit.MILLISECONDS.sleep(LEAST_MS + 2 * downMs);
      }
    };
  }

  /** The logs of all are damaged: none may start, nor throw away what is left. */
  public Fault allDamaged() {
    return (_, downMs) -> {
      Repair.killFilled(servers, ThreeServers.NODES);
      for (String node : ThreeServers.NODES) {
        Path data = servers.data(node);
        Path whole = data.resolveSibling(node + "-whole");
        Path damaged = data.resolveSibling(node + "-damaged");
        copy(data, whole);
        String words = Repair.flippedBit(data);
        copy(data, damaged);
        Repair.mustRefuse(servers.server(node), servers.server(node)::start, words);
        // Ends with 1, which fails here, where anything differs.
        Tools.run("diff", "-r", damaged.toString(), data.toString());
        Tools.delete(damaged);
        Tools.delete(data);
        Tools.run("mv", whole.toString(), data.toString());
      }
      TimeUnit.MILLISECONDS.sleep(downMs);
      servers.startTogether(ThreeServers.NODES);
    };
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    Tools.run("cp", "-a", from.toString(), to.toString());
  }
}
