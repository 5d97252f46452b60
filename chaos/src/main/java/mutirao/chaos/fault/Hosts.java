package mutirao.chaos.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Machines with a network of their own, on this machine: network namespaces that a bridge joins.
 * Whoever is on this machine reaches them all. Needs root, iproute2 and nftables; everything is
 * gone when it is closed.
 */
public final class Hosts implements AutoCloseable {
  private static final int NETWORKS = 250;
  private static final int GATEWAY = 254;

  private final String id = Long.toString(ProcessHandle.current().pid() % 100_000);
  private final String network = "10.77." + (1 + ProcessHandle.current().pid() % NETWORKS) + ".";
  private final String bridge = "mbr" + id;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final Set<String> throttled = new LinkedHashSet<>();

  private Hosts() {}

  /** Makes machines with these names. */
  public static Hosts make(List<String> names) throws IOException, InterruptedException {
    Hosts hosts = new Hosts();
    try {
      Tools.run("ip", "link", "add", hosts.bridge, "type", "bridge");
      Tools.run("ip", "addr", "add", hosts.network + GATEWAY + "/24", "dev", hosts.bridge);
      Tools.run("ip", "link", "set", hosts.bridge, "up");
      for (String name : names) {
        hosts.add(name);
      }
      return hosts;
    } catch (IOException | InterruptedException e) {
      hosts.close();
      throw e;
    }
  }

  private void add(String name) throws IOException, InterruptedException {
    numbers.put(name, numbers.size() + 1);
    String space = space(name);
    Tools.run("ip", "netns", "add", space);
    Tools.run("ip", "link", "add", cable(name), "type", "veth", "peer", "eth0", "netns", space);
    Tools.run("ip", "link", "set", cable(name), "master", bridge, "up");
    Tools.run("ip", "-n", space, "addr", "add", address(name) + "/24", "dev", "eth0");
    Tools.run("ip", "-n", space, "link", "set", "eth0", "up");
    Tools.run("ip", "-n", space, "link", "set", "lo", "up");
  }

  private String space(String name) {
    return "mutirao-" + id + "-" + name;
  }

  private String cable(String name) {
    return "mv" + id + "x" + numbers.get(name);
  }

  /** Where the machine is reached. */
  public String address(String name) {
    return network + numbers.get(name);
  }

  /** The command, run on that machine. */
  public List<String> on(String name, List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", space(name)));
    all.addAll(command);
    return all;
  }

  /** Pulls the machine's cable; nobody is told. */
  public void pullCable(String name) throws IOException, InterruptedException {
    Tools.run("ip", "link", "set", cable(name), "down");
  }

  /** What {@code from} sends does not reach {@code to} any more. */
  public void deafen(String to, String from) throws IOException, InterruptedException {
    rule(to, "ip saddr " + address(from) + " drop");
  }

  /** So many of a hundred packets to {@code name} are lost, whoever sends them. */
  public void lose(String name, int ofHundred) throws IOException, InterruptedException {
    rule(name, "numgen random mod 100 < " + ofHundred + " drop");
  }

  /** Whatever others send to {@code name} over a connection breaks that. */
  public void reset(String name) throws IOException, InterruptedException {
    rule(name, "meta l4proto tcp reject with tcp reset");
  }

  /** What is sent to {@code name} waits for its turn at so many bits a second. */
  public void throttle(String name, String rate) throws IOException, InterruptedException {
    Tools.run(
        "tc",
        "qdisc",
        "replace",
        "dev",
        cable(name),
        "root",
        "tbf",
        "rate",
        rate,
        "burst",
        "16kb",
        "latency",
        "400ms");
    throttled.add(name);
  }

  private void rule(String name, String rule) throws IOException, InterruptedException {
    nft(name, "add table inet cut");
    nft(name, "add chain inet cut in { type filter hook input priority 0; }");
    nft(name, "add rule inet cut in " + rule);
  }

  /** Everybody reaches everybody again. */
  public void mend() throws IOException, InterruptedException {
    for (String name : numbers.keySet()) {
      Tools.run("ip", "link", "set", cable(name), "up");
      nft(name, "flush ruleset");
    }
    for (String name : throttled) {
      Tools.run("tc", "qdisc", "del", "dev", cable(name), "root");
    }
    throttled.clear();
  }

  private void nft(String name, String command) throws IOException, InterruptedException {
    Tools.run("ip", "netns", "exec", space(name), "nft", command);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (String name : numbers.keySet()) {
      // With the space alone it would go a while later, and the next hosts could not have the name.
      Tools.run("ip", "link", "delete", cable(name));
      Tools.run("ip", "netns", "delete", space(name));
    }
    Tools.run("ip", "link", "delete", bridge);
  }
}
