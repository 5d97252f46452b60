package mutirao.raft.codec;

import java.io.IOException;
import mutirao.core.Command;
import mutirao.core.Settings;
import mutirao.core.log.Log;

/** What stands in one entry of the replicated log, and its bytes. */
public sealed interface LogRecord {

  /** The version that is written; every version ever written is read. */
  int VERSION = 1;

  /**
   * Commands that share one append.
   *
   * @param producer drawn anew by each start of a server; together with the batch's id it tells a
   *     repeat
   */
  record OfBatch(long producer, Log.Batch batch) implements LogRecord {

    /** What the bytes of this batch begin with, and those of no other. */
    public byte[] head() {
      return head(new Encoder()).toBytes();
    }

    private Encoder head(Encoder out) {
      return out.tag(VERSION).tag(1).fixed(producer).number(batch.id());
    }

    /** The same, made at another time. */
    public OfBatch at(long timeMs) {
      return new OfBatch(
          producer, new Log.Batch(batch.id(), timeMs, batch.seed(), batch.commands()));
    }
  }

  /** From here on the machine has these settings. */
  record OfSettings(Settings settings) implements LogRecord {}

  /**
   * What a server made of the log up to the command at {@code position}.
   *
   * @param version {@link EventHash#VERSION} of its program
   */
  record OfCheck(String node, int version, long position, long hash) implements LogRecord {}

  /**
   * From here on commands are applied by the rules of this version; where a log says nothing, by
   * those of the first.
   *
   * @param version {@link EventHash#VERSION} of the program that led
   */
  record OfRules(int version) implements LogRecord {}

  /** Its bytes. */
  default byte[] toBytes() {
    Encoder out = new Encoder();
    switch (this) {
      case OfBatch record -> {
        Log.Batch batch = record.batch();
        record.head(out).number(batch.timeMs()).fixed(batch.seed());
        out.number(batch.commands().size());
        for (Command command : batch.commands()) {
          Commands.write(out, command);
        }
      }
      case OfCheck check ->
          out.tag(VERSION)
              .tag(3)
              .text(check.node())
              .number(check.version())
              .number(check.position())
              .fixed(check.hash());
      case OfRules(int version) -> out.tag(VERSION).tag(4).number(version);
      case OfSettings(Settings settings) -> Words.write(out.tag(VERSION).tag(2), settings);
    }
    return out.toBytes();
  }

  /** Whether a server begins to lead with it. */
  default boolean beginsTerm() {
    return this instanceof OfBatch made && made.batch().beginsTerm();
  }

  /**
   * The record that was written as {@code bytes}.
   *
   * @throws BadBytesException where these are no record, or of a later version
   */
  static LogRecord of(byte[] bytes) throws IOException {
    Decoder in = new Decoder(bytes);
    int version = in.tag();
    if (version != VERSION) {
      throw BadBytesException.ofVersion("the log's records", version, VERSION);
    }
    int tag = in.tag();
    LogRecord entry =
        switch (tag) {
          case 1 -> new OfBatch(in.fixed(), batch(in));
          case 2 -> new OfSettings(Words.settings(in));
          case 3 -> new OfCheck(in.text(), in.smallNumber(), in.number(), in.fixed());
          case 4 -> new OfRules(in.smallNumber());
          default -> throw new BadBytesException("no record: " + tag);
        };
    in.finish();
    return entry;
  }

  private static Log.Batch batch(Decoder in) throws IOException {
    return new Log.Batch(in.number(), in.number(), in.fixed(), in.list(Commands::read));
  }
}
