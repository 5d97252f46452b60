package mutirao.chaos.campaign;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mutirao.chaos.fault.Hosts;

/** Breaks the network between servers that are on {@link Hosts} of their own. */
public final class Partitions {
  /** Longer than an election takes. */
  private static final long LEAST_MS = 2500;

  /** How many kinds of broken networks there are. */
  public static final int KINDS = 6;

  private static final int LOST_SOMETIMES = 5;
  private static final int LOST_OFTEN = 20;
  private static final int RESETS = 3;
  private static final long RESET_MS = 50;

  private final ThreeServers servers;
  private final Hosts hosts;

  /** Breaks what joins {@code servers}. */
  public Partitions(ThreeServers servers, Hosts hosts) {
    this.servers = servers;
    this.hosts = hosts;
  }

  /** One kind after the other. */
  public Fault inTurn() {
    List<Fault> kinds =
        List.of(
            leaderAlone(),
            leaderHearsNobody(),
            followerAlone(),
            leaderIsNotHeard(),
            leadersCable(),
            twoApart());
    AtomicInteger next = new AtomicInteger();
    return (server, downMs) -> kinds.get(next.getAndIncrement() % KINDS).strike(server, downMs);
  }

  /**
   * Networks that carry everything in the end: a hundredth, a twentieth and a fifth of all packets
   * is lost; connections break; little goes through.
   */
  public Fault poorInTurn() {
    List<Fault> kinds =
        List.of(lossy(1), lossy(LOST_SOMETIMES), lossy(LOST_OFTEN), resets(), narrow());
    AtomicInteger next = new AtomicInteger();
    return (server, downMs) ->
        kinds.get(next.getAndIncrement() % kinds.size()).strike(server, downMs);
  }

  /** So many of a hundred packets to each server are lost. */
  private Fault lossy(int ofHundred) {
    return fault(
        (_, _) -> {
          for (String node : ThreeServers.NODES) {
            hosts.lose(node, ofHundred);
          }
        });
  }

  /** Everything that is connected to the leader breaks, again and again. */
  private Fault resets() {
    return (_, downMs) -> {
      for (int times = 0; times < RESETS; times++) {
        hosts.reset(servers.leading());
        TimeUnit.MILLISECONDS.sleep(RESET_MS);
        hosts.mend();
        TimeUnit.MILLISECONDS.sleep(downMs);
      }
    };
  }

  /** What is sent to the servers waits for its turn. */
  private Fault narrow() {
    return fault(
        (_, _) -> {
          for (String node : ThreeServers.NODES) {
            hosts.throttle(node, "2mbit");
          }
        });
  }

  /** Cuts something, between the leader and the others. */
  @FunctionalInterface
  private interface Cut {
    void between(String leader, List<String> others) throws IOException, InterruptedException;
  }

  private Fault fault(Cut cut) {
    return (_, downMs) -> {
      String leader = servers.leading();
      cut.between(leader, ThreeServers.othersThan(leader));
      TimeUnit.MILLISECONDS.sleep(LEAST_MS + downMs);
      hosts.mend();
    };
  }

  /** The leader hears no other server, and none hears it; clients reach all. */
  private Fault leaderAlone() {
    return fault(
        (leader, others) -> {
          for (String other : others) {
            hosts.deafen(other, leader);
            hosts.deafen(leader, other);
          }
        });
  }

  /** As above, of a server that follows. */
  private Fault followerAlone() {
    return fault(
        (leader, others) -> {
          String alone = others.getFirst();
          for (String other : List.of(leader, others.getLast())) {
            hosts.deafen(other, alone);
            hosts.deafen(alone, other);
          }
        });
  }

  /** The leader is heard and hears nobody. */
  private Fault leaderHearsNobody() {
    return fault(
        (leader, others) -> {
          for (String other : others) {
            hosts.deafen(leader, other);
          }
        });
  }

  /** The leader hears the others and is not heard. */
  private Fault leaderIsNotHeard() {
    return fault(
        (leader, others) -> {
          for (String other : others) {
            hosts.deafen(other, leader);
          }
        });
  }

  /** The leader and one other do not reach each other; the third reaches both. */
  private Fault twoApart() {
    return fault(
        (leader, others) -> {
          hosts.deafen(leader, others.getFirst());
          hosts.deafen(others.getFirst(), leader);
        });
  }

  /** The leader's cable is pulled: its clients hear nothing from it either. */
  private Fault leadersCable() {
    return fault((leader, _) -> hosts.pullCable(leader));
  }
}
