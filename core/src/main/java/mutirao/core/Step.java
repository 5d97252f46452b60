package mutirao.core;

/**
 * One entry while it is being decided: what rules may see, and their only way to change anything.
 * An emitted event has taken effect when {@link #emit} returns.
 */
public interface Step {

  /** The truth so far; rules read it and never call its {@code evolve}. */
  State state();

  /** The entry's place in the log, which is also the id of what it creates. */
  long index();

  /** The machine's time, epoch milliseconds. */
  long nowMs();

  /** Chance for this entry. */
  long seed();

  /** Lets an event happen. */
  void emit(Event event);

  /** Chance number {@code n} of this entry: Steele, Lea and Flood's SplitMix64 (2014). */
  default long chance(long n) {
    long z = seed() + (n + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
