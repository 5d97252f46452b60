package mutirao.sim;

import mutirao.sim.world.Tally;

/**
 * What came of one seed whose world kept every promise.
 *
 * @param steps events that happened
 * @param traceHash hash of everything that happened
 * @param tally rare situations met
 */
public record Verdict(long seed, long steps, long traceHash, Tally tally) {}
