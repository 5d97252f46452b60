package mutirao.sim.peer;

import java.util.ArrayList;
import java.util.List;
import mutirao.protocol.RawJson;
import mutirao.server.ServerConfig;
import mutirao.sim.oracle.Oracle;
import mutirao.sim.server.SimNetwork;
import mutirao.sim.world.Faults;
import mutirao.sim.world.World;

/**
 * What all peers of a world share: where they are, whom they may meet, and texts nobody used yet.
 */
public final class Town {
  static final List<String> ROOMS = List.of("obras", "feira", "Praça");
  static final List<String> OPERATIONS = List.of("sum", "uppercase", "paint", "dig");

  final World world;
  final Faults faults;
  final SimNetwork network;
  final Oracle oracle;
  final ServerConfig config;
  final List<String> names = new ArrayList<>();
  final List<String> workers = new ArrayList<>();
  final List<String> tasksHeardOf = new ArrayList<>();
  private long numbers;

  /** A town without people. */
  public Town(World world, Faults faults, SimNetwork network, Oracle oracle, ServerConfig config) {
    this.world = world;
    this.faults = faults;
    this.network = network;
    this.oracle = oracle;
    this.config = config;
  }

  /** A number nobody got yet. */
  long number() {
    return ++numbers;
  }

  /** A text nobody sent yet, as JSON, with {@code fill} characters of padding. */
  RawJson freshText(String author, int fill) {
    return RawJson.of('"' + author + " #" + number() + "x".repeat(fill) + '"');
  }

  /** Params or a result nobody sent yet. */
  RawJson freshObject(String of, int fill) {
    String pad = fill == 0 ? "" : ",\"pad\":\"" + "x".repeat(fill) + '"';
    return RawJson.of("{\"n\":" + number() + ",\"of\":\"" + of + '"' + pad + '}');
  }

  /** An error nobody reported yet. */
  RawJson freshError() {
    return RawJson.of("{\"code\":\"broken\",\"message\":\"#" + number() + "\"}");
  }

  /** How much padding: mostly none, sometimes a lot, never more than a small frame holds. */
  int fill() {
    return world.percent(85) ? 0 : world.below(600);
  }
}
