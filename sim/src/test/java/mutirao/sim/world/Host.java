package mutirao.sim.world;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import mutirao.server.Clock;

/**
 * What a server runs on: it has power or not, may stand still for a while (a suspended machine, a
 * long pause of the collector), and has a clock on its wall that anybody may turn.
 */
public final class Host {
  private final World world;
  private final String name;
  private final ArrayDeque<Runnable> held = new ArrayDeque<>();
  private long starts;
  private boolean up;
  private boolean paused;
  private long wallAheadMs;

  /** A host that is switched off. */
  public Host(World world, String name) {
    this.world = world;
    this.name = name;
  }

  /** A host that runs and always will. */
  public static Host running(World world, String name) {
    Host host = new Host(world, name);
    host.start();
    return host;
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Whether it has power. */
  public boolean up() {
    return up;
  }

  /** Whether it stands still. */
  public boolean paused() {
    return paused;
  }

  /** Switches it on. */
  public void start() {
    starts++;
    up = true;
  }

  /** Switches it off: nothing that was begun here goes on. */
  public void stop() {
    up = false;
    paused = false;
    held.clear();
  }

  /** Lets it stand still. */
  public void pause() {
    paused = up;
  }

  /** Lets it go on, with everything that came meanwhile. */
  public void goOn() {
    paused = false;
    while (!paused && !held.isEmpty()) {
      held.removeFirst().run();
    }
  }

  /** Turns the clock on the wall. */
  public void turnClock(long byMs) {
    wallAheadMs += byMs;
  }

  /** The clock of a program that starts here now, as the product's is made. */
  public Clock clock() {
    return Clock.steady(
        () -> world.nowMs() + wallAheadMs, () -> TimeUnit.MILLISECONDS.toNanos(world.nowMs()));
  }

  /**
   * What is done of {@code work}, whenever that is asked for: all of it where this host runs still,
   * some time later where it stands still, and nothing where it lost its power meanwhile.
   */
  public Runnable here(Runnable work) {
    long since = starts;
    return () -> {
      if (up && starts == since) {
        if (paused) {
          held.addLast(here(work));
        } else {
          work.run();
        }
      }
    };
  }
}
