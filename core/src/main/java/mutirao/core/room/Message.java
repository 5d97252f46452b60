package mutirao.core.room;

/** One message of a room; {@code text} is a JSON string with its quotes. */
public record Message(long seq, String sender, byte[] text, long timeMs) {}
