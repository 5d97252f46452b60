package mutirao.core.session;

/** A direct message in its receiver's inbox; {@code text} is a JSON string with its quotes. */
public record DirectMessage(long seq, String sender, byte[] text, long timeMs) {}
