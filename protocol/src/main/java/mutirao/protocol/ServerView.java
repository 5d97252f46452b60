package mutirao.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One server of the group.
 *
 * @param address where the other servers reach it; null: it has no others
 * @param committed the last entry of the log that it is known to have and to be safe
 * @param silentMs how long the leader has not heard it; null: the leader was not asked
 */
public record ServerView(
    String node, @Nullable String address, long committed, @Nullable Long silentMs) {}
