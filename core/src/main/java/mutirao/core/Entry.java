package mutirao.core;

/**
 * One command at its place in the log, with everything that the machine may not make up by itself.
 *
 * @param index place in the log, counted from 1 without gaps
 * @param timeMs the proposer's clock in epoch milliseconds; the machine never lets time go
 *     backwards
 * @param seed chance drawn by the proposer, from which the machine derives jitter and made-up names
 * @param command what is to happen
 */
public record Entry(long index, long timeMs, long seed, Command command) {}
