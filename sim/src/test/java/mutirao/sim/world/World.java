package mutirao.sim.world;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Virtual time, one queue of events ordered by (time, insertion), one source of chance. Everything
 * that happens is an event here, and nothing else decides anything: the same seed gives the same
 * world, to the byte. After every event the {@link #afterEveryEvent checks} run.
 *
 * <p>A world belongs to one thread; many worlds run side by side.
 */
public final class World {

  /** Where every world's clock begins, epoch milliseconds. */
  public static final long START_MS = 1_800_000_000_000L;

  private static final int MOST_STEPS_AT_A_TIME = 5000;
  private static final int MOST_STEPS = 100_000;

  private record Event(long atMs, long order, String what, Runnable work)
      implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return atMs != other.atMs ? Long.compare(atMs, other.atMs) : Long.compare(order, other.order);
    }
  }

  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private final List<Runnable> checks = new ArrayList<>();
  private final SplittableRandom random;
  private final Trace trace;
  private final Tally tally = new Tally();
  private long nowMs = START_MS;
  private long orders;
  private long steps;
  private long stepsAtThisTime;
  private boolean healed;
  private boolean hushed;

  /** An empty world; all its chance comes from {@code seed}. */
  public World(long seed, Trace trace) {
    this.random = new SplittableRandom(seed);
    this.trace = trace;
  }

  /** The virtual time, epoch milliseconds. */
  public long nowMs() {
    return nowMs;
  }

  /** How many events have happened. */
  public long steps() {
    return steps;
  }

  /** Where everything that happens is written down. */
  public Trace trace() {
    return trace;
  }

  /** Writes down what {@code who} did or met. */
  public void note(String who, String what) {
    trace.line(nowMs, who, what);
  }

  /** The rare situations this world has seen. */
  public Tally tally() {
    return tally;
  }

  /** True once faults are over and everybody behaves: what is owed must now be delivered. */
  public boolean healed() {
    return healed;
  }

  /** Ends the faults. */
  public void heal() {
    healed = true;
  }

  /** True once nobody begins anything new: what is under way comes to its end. */
  public boolean hushed() {
    return hushed;
  }

  /** Lets nobody begin anything new. */
  public void hush() {
    hushed = true;
  }

  /** Lets {@code check} run after every event from now on; it throws where a promise is broken. */
  public void afterEveryEvent(Runnable check) {
    checks.add(check);
  }

  /** Lets {@code work} happen {@code delayMs} from now, after whatever is due then already. */
  public void after(long delayMs, String what, Runnable work) {
    queue.add(new Event(nowMs + Math.max(0, delayMs), ++orders, what, work));
  }

  /** Lets {@code work} happen next, once this event is over. */
  public void soon(String what, Runnable work) {
    after(0, what, work);
  }

  /** Lets the next event happen. */
  public void step() {
    Event next = queue.remove();
    stepsAtThisTime = next.atMs() == nowMs ? stepsAtThisTime + 1 : 0;
    BrokenPromise.unless(
        stepsAtThisTime < MOST_STEPS_AT_A_TIME && steps < MOST_STEPS,
        "there is an end to it:",
        next.what());
    nowMs = next.atMs();
    steps++;
    trace.line(nowMs, "·", next.what());
    next.work().run();
    for (Runnable check : checks) {
      check.run();
    }
  }

  /** True with a chance of {@code percent} in a hundred. */
  public boolean percent(int percent) {
    return perMille(percent * 10);
  }

  /** True with a chance of {@code perMille} in a thousand. */
  public boolean perMille(int perMille) {
    return random.nextInt(1000) < perMille;
  }

  /** A number from 0 to {@code bound - 1}. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number from {@code low} to {@code high}, both included. */
  public long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  /** One of {@code choices}. */
  public <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Fills {@code bytes} with chance. */
  public void fill(byte[] bytes) {
    random.nextBytes(bytes);
  }
}
