package mutirao.archive.store;

import java.util.List;

/**
 * All that log positions {@code from} to {@code to} brought, to be written at once.
 *
 * @param timeMs the machine's time at {@code to}
 * @param rows oldest first
 * @param gaps positions among these that are missing, oldest first
 */
public record Batch(long from, long to, long timeMs, List<Row> rows, List<Gap> gaps) {}
