package mutirao.raft.codec;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import mutirao.core.image.StateImage;
import mutirao.core.image.StateImage.Due;
import mutirao.core.image.StateImage.OfKey;
import mutirao.core.image.StateImage.OfRoom;
import mutirao.core.image.StateImage.OfSession;
import mutirao.core.room.Message;
import mutirao.core.session.DirectMessage;

/** A whole state as bytes. */
final class Images {

  /** Writes one value. */
  @FunctionalInterface
  interface Writer<T> {
    void write(Encoder out, T value) throws IOException;
  }

  private Images() {}

  static void write(Encoder out, StateImage image, StateImage.OfTasks tasks) throws IOException {
    Words.write(out, image.settings());
    out.number(image.nowMs()).number(image.lastIndex()).number(image.orders());
    list(out, image.sessions(), Images::session);
    list(out, image.rooms(), Images::room);
    list(out, image.keys(), (to, key) -> to.text(key.key()).number(key.seq()).number(key.timeMs()));
    due(out, image.keysDue());
    TaskImages.write(out, tasks);
    AccountWords.write(out, image.accounts());
  }

  /** Reads what was written; {@code accounts} false: before there were users. */
  static StateImage read(Decoder in, boolean accounts) throws IOException {
    return new StateImage(
        Words.settings(in),
        in.number(),
        in.number(),
        in.number(),
        in.list(each -> session(each, accounts)),
        in.list(Images::room),
        in.list(each -> new OfKey(each.text(), each.number(), each.number())),
        due(in),
        always(TaskImages.read(in)),
        accounts ? AccountWords.accounts(in) : StateImage.OfAccounts.NONE);
  }

  private static <T> Supplier<T> always(T value) {
    return () -> value;
  }

  static <T> void list(Encoder out, List<T> values, Writer<T> writer) throws IOException {
    out.number(values.size());
    for (T value : values) {
      out.boundary();
      writer.write(out, value);
    }
  }

  static void due(Encoder out, Due due) {
    out.number(due.atMs()).number(due.order()).number(due.place());
  }

  static Due due(Decoder in) throws BadBytesException {
    return new Due(in.number(), in.number(), in.smallNumber());
  }

  static void places(Encoder out, int[] places) {
    out.numbers(Arrays.stream(places).asLongStream().toArray());
  }

  static int[] places(Decoder in) throws BadBytesException {
    return Arrays.stream(in.numbers()).mapToInt(place -> (int) place).toArray();
  }

  private static void session(Encoder out, OfSession session) throws IOException {
    out.number(session.id()).text(session.name()).tag(Words.code(session.role()));
    list(out, session.operations(), Encoder::text);
    out.number(session.slots())
        .flag(session.confirm())
        .flag(session.presence())
        .text(session.secretHash());
    AccountWords.login(out, session.login());
    if (session.origin() == null) {
      out.flag(false);
    } else {
      Words.write(out.flag(true), session.origin());
    }
    list(
        out,
        session.inbox(),
        (to, direct) -> said(to, direct.seq(), direct.sender(), direct.text(), direct.timeMs()));
    out.number(session.lastDirectSeq())
        .number(session.detachedAfterSeq())
        .number(session.unsentBytes());
    list(out, session.rooms(), Encoder::text);
    due(out, session.due());
  }

  private static OfSession session(Decoder in, boolean login) throws IOException {
    return new OfSession(
        in.number(),
        in.text(),
        Words.role(in),
        in.list(Decoder::text),
        in.smallNumber(),
        in.flag(),
        in.flag(),
        in.text(),
        login ? AccountWords.login(in) : null,
        in.flag() ? Words.origin(in) : null,
        in.list(each -> new DirectMessage(each.number(), each.text(), each.bytes(), each.number())),
        in.number(),
        in.number(),
        in.number(),
        in.list(Decoder::text),
        due(in));
  }

  private static void room(Encoder out, OfRoom room) throws IOException {
    out.text(room.name()).numbers(room.members()).number(room.lastSeq());
    list(
        out,
        room.history(),
        (to, message) ->
            said(to, message.seq(), message.sender(), message.text(), message.timeMs()));
  }

  private static OfRoom room(Decoder in) throws IOException {
    String name = in.text();
    long[] members = in.numbers();
    long lastSeq = in.number();
    return new OfRoom(
        name,
        members,
        in.list(each -> new Message(each.number(), each.text(), each.bytes(), each.number())),
        lastSeq);
  }

  private static void said(Encoder out, long seq, String sender, byte[] text, long timeMs) {
    out.number(seq).text(sender).bytes(text).number(timeMs);
  }
}
