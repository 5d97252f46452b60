package mutirao.cli.chat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;
import mutirao.client.ChatMessage;
import mutirao.protocol.Limits;

/** Messages as lines: {@code 14:03 ana: bom dia}. */
final class MessageLines {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

  private final Texts texts;
  private final ZoneId zone;

  MessageLines(Texts texts, ZoneId zone) {
    this.texts = texts;
    this.zone = zone;
  }

  /** Something said in a room; the lobby goes without saying. */
  Line said(ChatMessage message, String room, String ownName) {
    Line line = time(message.timestamp());
    if (!room.equals(Limits.DEFAULT_ROOM)) {
      line = line.plus(Tone.FAINT, "[" + room + "] ");
    }
    boolean own = message.sender().equals(ownName);
    return line.plus(own ? Tone.OWN : Tone.NAME, message.sender()).plus(": ").plus(message.text());
  }

  /** Something said to this person alone. */
  Line direct(ChatMessage message) {
    return time(message.timestamp())
        .plus(Tone.NAME, message.sender())
        .plus(Tone.FAINT, " → " + texts.get("you") + ": ")
        .plus(message.text());
  }

  /** Something this person said to another alone. */
  Line directSent(String target, String text, long timestamp) {
    return time(timestamp)
        .plus(Tone.OWN, texts.get("you"))
        .plus(Tone.FAINT, " → ")
        .plus(Tone.NAME, target)
        .plus(": ")
        .plus(text);
  }

  /** Somebody came or went. */
  Line event(long timestamp, String text) {
    return time(timestamp).plus(Tone.FAINT, "· " + text);
  }

  /** Short for today, with the day for what is older. */
  private Line time(long timestamp) {
    ZonedDateTime then = Instant.ofEpochMilli(timestamp).atZone(zone);
    boolean today = then.toLocalDate().equals(ZonedDateTime.now(zone).toLocalDate());
    return Line.of(Tone.FAINT, then.format(today ? TIME : DAY_AND_TIME) + " ");
  }
}
