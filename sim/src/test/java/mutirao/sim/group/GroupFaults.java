package mutirao.sim.group;

import java.util.List;
import mutirao.sim.world.World;

/**
 * What goes wrong between and on the servers of one world, beside what goes wrong with their
 * clients. Every kind is drawn from the seed, and switched off altogether in some worlds.
 *
 * @param delayMaxMs what servers say to each other takes up to this long, and may overtake
 * @param lossPerMille chance that it is lost
 * @param twicePerMille chance that it arrives twice
 * @param forceMaxMs how long a disk may take to have something for sure
 * @param applyMaxMs how long it may take until what is committed takes effect on a server
 * @param snapshotCommands how many commands there are between two snapshots
 * @param crashPerMille chance, per look, that a server dies
 * @param powerPerMille chance, per look, that the power of all is cut
 * @param pausePerMille chance, per look, that a server stands still
 * @param cutPerMille chance, per look, that servers do not hear each other for a while
 * @param clockPerMille chance, per look, that somebody turns a server's clock by an hour
 * @param changePerMille chance, per look, that a server is added or removed
 */
record GroupFaults(
    long delayMaxMs,
    int lossPerMille,
    int twicePerMille,
    long forceMaxMs,
    long applyMaxMs,
    int snapshotCommands,
    int crashPerMille,
    int powerPerMille,
    int pausePerMille,
    int cutPerMille,
    int clockPerMille,
    int changePerMille) {

  /** How often it is looked for something to go wrong. */
  static final long LOOK_EVERY_MS = 100;

  private static final int HICCUP_PER_MILLE = 5;
  private static final long HICCUP_MS = 700;

  static GroupFaults draw(World world) {
    return new GroupFaults(
        world.oneOf(List.of(0L, 2L, 10L, 40L)),
        sometimes(world, 30),
        sometimes(world, 30),
        world.oneOf(List.of(0L, 1L, 8L, 40L)),
        world.oneOf(List.of(0L, 1L, 30L)),
        world.oneOf(List.of(5, 20, 60, 1000)),
        sometimes(world, 60),
        sometimes(world, 12),
        sometimes(world, 40),
        sometimes(world, 80),
        sometimes(world, 60),
        sometimes(world, 60));
  }

  /** None at all. */
  static GroupFaults none() {
    return new GroupFaults(0, 0, 0, 0, 0, 1000, 0, 0, 0, 0, 0, 0);
  }

  private static int sometimes(World world, int most) {
    return world.percent(60) ? 1 + world.below(most) : 0;
  }

  /** How long a disk takes now. */
  long forceMs(World world) {
    boolean hiccup = forceMaxMs > 0 && !world.healed() && world.perMille(HICCUP_PER_MILLE);
    return hiccup ? world.between(1, HICCUP_MS) : world.between(0, forceMaxMs);
  }

  /** How long it takes now until something takes effect. */
  long applyMs(World world) {
    return world.between(0, applyMaxMs);
  }
}
