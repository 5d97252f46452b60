package mutirao.client;

import org.jspecify.annotations.Nullable;

/**
 * What somebody said. The text is as it was sent: control characters included, so make them visible
 * before showing it on a terminal.
 *
 * @param sender who said it, as registered
 * @param room where it was said; null for a direct message
 * @param text what was said
 * @param seq counts up by one per room, or per session for direct messages
 * @param timestamp when the server took it, epoch milliseconds
 */
public record ChatMessage(
    String sender, @Nullable String room, String text, long seq, long timestamp) {}
