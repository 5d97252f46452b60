package mutirao.sim.world;

import java.util.List;

/**
 * What goes wrong in one world. Every kind is drawn from the seed, and switched off altogether in
 * some worlds, so that a kind is met alone as well as together with others. In the healed phase
 * none of them acts any more, apart from delays and splitting, which are no faults.
 *
 * @param delayMaxMs bytes take up to this long from one end of a connection to the other
 * @param splitPercent chance that what is sent arrives in pieces
 * @param stallPerMille chance, per piece, that the connection stands still for up to {@code
 *     stallMaxMs}
 * @param cutPerMille chance, per look at a connection, that it breaks and both ends are told
 * @param halfOpenPerMille chance, per look, that it goes silent: one end is told, or none
 * @param deafPerMille chance, per look, that a client stops taking what the server sends
 * @param deafMaxMs how long such a client may stay deaf
 * @param kernelBytes what the network takes off the server's hands for a client that does not read
 * @param logDelayMaxMs how long the log may take for one batch
 * @param logFailsPercent chance that a batch certainly does not get into the log
 * @param logUnknownPercent chance that nobody can tell; in half of the cases it gets there later
 * @param crashPerMille chance, per act of a client, that its program dies and forgets everything
 * @param sloppyPercent chance, per task, that a worker does something stupid with it
 */
public record Faults(
    long delayMaxMs,
    int splitPercent,
    int stallPerMille,
    long stallMaxMs,
    int cutPerMille,
    int halfOpenPerMille,
    int deafPerMille,
    long deafMaxMs,
    int kernelBytes,
    long logDelayMaxMs,
    int logFailsPercent,
    int logUnknownPercent,
    int crashPerMille,
    int sloppyPercent) {

  /** How often a connection is looked at for something to go wrong. */
  public static final long LOOK_EVERY_MS = 40;

  /** How long the network tries to get bytes to an end that is gone before it gives up. */
  public static final long TCP_TIMEOUT_MS = 3000;

  /** The faults of the world that {@code world}'s seed makes; in a crowd a lot is said at once. */
  public static Faults draw(World world, boolean crowd) {
    return new Faults(
        world.oneOf(List.of(0L, 2L, 10L, 60L)),
        sometimes(world, 30),
        sometimes(world, 20),
        world.between(10, 800),
        sometimes(world, 8),
        sometimes(world, 5),
        sometimes(world, 8),
        world.between(200, 6000),
        crowd ? 512 * 1024 : world.oneOf(List.of(512, 2048, 16_384)),
        world.oneOf(List.of(0L, 1L, 8L, 40L)),
        rarely(world, 3),
        rarely(world, 3),
        sometimes(world, 10),
        sometimes(world, 40));
  }

  /** How long the log may take until it has what it was given: for ever where it may fail. */
  public long logSlackMs() {
    return logFailsPercent + logUnknownPercent > 0 ? Long.MAX_VALUE : 10 + 4 * logDelayMaxMs;
  }

  /** None at all: everything arrives at once and in one piece. */
  public static Faults none() {
    return new Faults(0, 0, 0, 0, 0, 0, 0, 0, 65_536, 0, 0, 0, 0, 0);
  }

  private static int sometimes(World world, int most) {
    return world.percent(60) ? 1 + world.below(most) : 0;
  }

  private static int rarely(World world, int most) {
    return world.percent(25) ? 1 + world.below(most) : 0;
  }
}
