package mutirao.raft.codec;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import mutirao.core.Command;
import mutirao.core.account.Login;
import org.jspecify.annotations.Nullable;

/** Commands as bytes: a tag that stays its own for ever, then the fields in order. */
final class Commands {
  private Commands() {}

  static void write(Encoder out, Command command) {
    switch (command) {
      case Command.OpenSession open -> {
        Words.write(out.tag(open.login() == null ? 1 : 19), open.origin());
        out.optionalText(open.name()).tag(Words.code(open.role()));
        out.texts(open.operations()).number(open.slots());
        out.flag(open.confirm()).flag(open.presence()).text(open.secretHash());
        shown(out, open.login());
      }
      case Command.ResumeSession resume -> {
        Words.write(out.tag(resume.login() == null ? 2 : 20), resume.origin());
        out.text(resume.secretHash()).number(resume.seen().size());
        resume.seen().forEach((room, seq) -> out.text(room).number(seq));
        shown(out, resume.login());
      }
      case Command.DetachSession detach ->
          Words.write(out.tag(3).number(detach.session()), detach.origin());
      case Command.CloseSession close ->
          Words.write(out.tag(4).number(close.session()), close.origin());
      case Command.JoinRoom join -> out.tag(5).number(join.session()).text(join.room());
      case Command.LeaveRoom leave -> out.tag(6).number(leave.session()).text(leave.room());
      case Command.PostMessage post ->
          out.tag(7)
              .number(post.session())
              .text(post.room())
              .bytes(post.text())
              .optionalText(post.key());
      case Command.SendDirect send ->
          out.tag(8)
              .number(send.session())
              .text(send.target())
              .bytes(send.text())
              .optionalText(send.key());
      case Command.SubmitTask submit ->
          TaskSpecs.write(out.tag(9).number(submit.session()), submit.spec());
      case Command.CompleteTask complete ->
          attempt(out.tag(10), complete.session(), complete.task(), complete.attempt())
              .bytes(complete.result());
      case Command.FailTask fail ->
          attempt(out.tag(11), fail.session(), fail.task(), fail.attempt())
              .bytes(fail.error())
              .flag(fail.retry());
      case Command.RenewTask renew ->
          attempt(out.tag(12), renew.session(), renew.task(), renew.attempt());
      case Command.CancelTask cancel -> out.tag(13).number(cancel.session()).number(cancel.task());
      case Command.DrainWorker drain -> out.tag(14).number(drain.session());
      case Command.AdvanceTime _ -> out.tag(15);
      case Command.ReportProgress report ->
          attempt(out.tag(16), report.session(), report.task(), report.attempt())
              .optionalBytes(report.percent())
              .optionalBytes(report.message());
      case Command.LoseNode lose -> out.tag(17).text(lose.node()).number(lose.beforeConnection());
      case Command.BeginTerm begin -> out.tag(18).text(begin.node());
      case Command.OfAccount change -> AccountWords.write(out, change);
    }
  }

  static Command read(Decoder in) throws IOException {
    int tag = in.tag();
    return switch (tag) {
      case 1, 19 -> open(in, tag == 19);
      case 2 -> new Command.ResumeSession(Words.origin(in), in.text(), seen(in));
      case 3 -> new Command.DetachSession(in.number(), Words.origin(in));
      case 4 -> new Command.CloseSession(in.number(), Words.origin(in));
      case 5 -> new Command.JoinRoom(in.number(), in.text());
      case 6 -> new Command.LeaveRoom(in.number(), in.text());
      case 7 -> new Command.PostMessage(in.number(), in.text(), in.bytes(), in.optionalText());
      case 8 -> new Command.SendDirect(in.number(), in.text(), in.bytes(), in.optionalText());
      case 9 -> new Command.SubmitTask(in.number(), TaskSpecs.read(in));
      case 10 -> new Command.CompleteTask(in.number(), in.number(), in.smallNumber(), in.bytes());
      case 11 ->
          new Command.FailTask(in.number(), in.number(), in.smallNumber(), in.bytes(), in.flag());
      case 12 -> new Command.RenewTask(in.number(), in.number(), in.smallNumber());
      case 13 -> new Command.CancelTask(in.number(), in.number());
      case 14 -> new Command.DrainWorker(in.number());
      case 15 -> new Command.AdvanceTime();
      case 16 ->
          new Command.ReportProgress(
              in.number(), in.number(), in.smallNumber(), in.optionalBytes(), in.optionalBytes());
      case 17 -> new Command.LoseNode(in.text(), in.number());
      case 18 -> new Command.BeginTerm(in.text());
      case 20 ->
          new Command.ResumeSession(Words.origin(in), in.text(), seen(in), AccountWords.login(in));
      default -> AccountWords.read(tag, in);
    };
  }

  private static Encoder attempt(Encoder out, long session, long task, int attempt) {
    return out.number(session).number(task).number(attempt);
  }

  /** Whoever shows nothing is written as before there was anything to show. */
  private static void shown(Encoder out, @Nullable Login login) {
    if (login != null) {
      AccountWords.login(out, login);
    }
  }

  private static Command open(Decoder in, boolean shown) throws IOException {
    return new Command.OpenSession(
        Words.origin(in),
        in.optionalText(),
        Words.role(in),
        in.list(Decoder::text),
        in.smallNumber(),
        in.flag(),
        in.flag(),
        in.text(),
        shown ? AccountWords.login(in) : null);
  }

  private static Map<String, Long> seen(Decoder in) throws BadBytesException {
    Map<String, Long> seen = new LinkedHashMap<>();
    for (int left = in.count(); left > 0; left--) {
      seen.put(in.text(), in.number());
    }
    return seen;
  }
}
