package mutirao.sim.server;

import java.util.Arrays;
import mutirao.sim.world.Faults;
import mutirao.sim.world.World;

/** How bytes that are sent at once may arrive: whole, or cut at places that mean nothing. */
final class Pieces {
  private static final int MAX_PIECES = 4;

  private Pieces() {}

  static byte[][] of(byte[] bytes, World world, Faults faults) {
    if (bytes.length < 2 || !world.percent(faults.splitPercent())) {
      return new byte[][] {bytes};
    }
    int count = 2 + world.below(MAX_PIECES - 1);
    int[] ends = new int[count];
    for (int i = 0; i < count - 1; i++) {
      ends[i] = 1 + world.below(bytes.length - 1);
    }
    ends[count - 1] = bytes.length;
    Arrays.sort(ends);
    byte[][] pieces = new byte[count][];
    int start = 0;
    for (int i = 0; i < count; i++) {
      pieces[i] = Arrays.copyOfRange(bytes, start, ends[i]);
      start = ends[i];
    }
    return pieces;
  }
}
