package mutirao.raft.codec;

import java.io.IOException;
import mutirao.core.Command;
import mutirao.core.Event;
import mutirao.core.account.Account;
import mutirao.core.account.AccountRole;
import mutirao.core.account.Author;
import mutirao.core.account.Deed;
import mutirao.core.account.Login;
import mutirao.core.account.TokenTerms;
import mutirao.core.image.StateImage;
import org.jspecify.annotations.Nullable;

/** Users and tokens as bytes. */
final class AccountWords {
  private AccountWords() {}

  private static int code(AccountRole role) {
    return switch (role) {
      case VIEWER -> 1;
      case MEMBER -> 2;
      case WORKER -> 3;
      case ADMIN -> 4;
    };
  }

  private static AccountRole role(int code) throws BadBytesException {
    return switch (code) {
      case 1 -> AccountRole.VIEWER;
      case 2 -> AccountRole.MEMBER;
      case 3 -> AccountRole.WORKER;
      case 4 -> AccountRole.ADMIN;
      default -> throw new BadBytesException("no role of an account: " + code);
    };
  }

  private static @Nullable AccountRole optionalRole(Decoder in) throws BadBytesException {
    int code = in.tag();
    return code == 0 ? null : role(code);
  }

  static void login(Encoder out, @Nullable Login login) {
    out.flag(login != null);
    if (login != null) {
      out.text(login.user()).optionalText(login.token()).number(login.stamp());
    }
  }

  static @Nullable Login login(Decoder in) throws BadBytesException {
    return in.flag() ? new Login(in.text(), in.optionalText(), in.number()) : null;
  }

  /** Tags 21 to 26. */
  static void write(Encoder out, Command.OfAccount command) {
    switch (command) {
      case Command.AddUser add -> {
        by(out.tag(21), add.by()).text(add.user()).tag(code(add.role()));
        out.texts(add.operations()).optionalText(add.passwordHash());
      }
      case Command.RemoveUser remove -> by(out.tag(22), remove.by()).text(remove.user());
      case Command.SetPassword set ->
          by(out.tag(23), set.by()).text(set.user()).text(set.passwordHash());
      case Command.AddToken add -> {
        by(out.tag(24), add.by()).text(add.user()).text(add.hash());
        out.tag(add.role() == null ? 0 : code(add.role()));
        out.texts(add.operations()).text(add.label()).number(add.lifetimeMs());
      }
      case Command.RevokeToken revoke -> by(out.tag(25), revoke.by()).text(revoke.token());
      case Command.NoteDeed note -> by(out.tag(26), note.by()).text(note.what()).text(note.about());
    }
  }

  static Command read(int tag, Decoder in) throws IOException {
    return switch (tag) {
      case 21 ->
          new Command.AddUser(
              by(in), in.text(), role(in.tag()), in.list(Decoder::text), in.optionalText());
      case 22 -> new Command.RemoveUser(by(in), in.text());
      case 23 -> new Command.SetPassword(by(in), in.text(), in.text());
      case 24 ->
          new Command.AddToken(
              by(in),
              in.text(),
              in.text(),
              optionalRole(in),
              in.list(Decoder::text),
              in.text(),
              in.number());
      case 25 -> new Command.RevokeToken(by(in), in.text());
      case 26 -> new Command.NoteDeed(by(in), in.text(), in.text());
      default -> throw new BadBytesException("no command: " + tag);
    };
  }

  private static Encoder by(Encoder out, Author by) {
    return out.number(by.session()).text(by.from());
  }

  private static Author by(Decoder in) throws BadBytesException {
    return new Author(in.number(), in.text());
  }

  static void write(Encoder out, Event.OfAccount event) {
    switch (event) {
      case Event.UserPut e -> user(out.tag(41), e.account());
      case Event.UserRemoved e -> out.tag(42).text(e.user());
      case Event.TokenPut e -> token(out.tag(43), e.terms());
      case Event.TokenRemoved e -> out.tag(44).text(e.hash());
      case Event.DeedRecorded e -> deed(out.tag(45), e.deed());
    }
  }

  static void write(Encoder out, StateImage.OfAccounts accounts) throws IOException {
    Images.list(out, accounts.users(), AccountWords::user);
    Images.list(
        out,
        accounts.tokens(),
        (to, token) -> {
          token(to, token.terms());
          Images.due(to, token.due());
        });
    Images.list(out, accounts.deeds(), AccountWords::deed);
  }

  static StateImage.OfAccounts accounts(Decoder in) throws IOException {
    return new StateImage.OfAccounts(
        in.list(
            each ->
                new Account(
                    each.text(),
                    role(each.tag()),
                    each.list(Decoder::text),
                    each.optionalText(),
                    each.number())),
        in.list(each -> new StateImage.OfToken(token(each), Images.due(each))),
        in.list(
            each -> new Deed(each.number(), each.text(), each.text(), each.text(), each.text())));
  }

  private static void user(Encoder out, Account user) {
    out.text(user.name()).tag(code(user.role()));
    out.texts(user.operations()).optionalText(user.passwordHash()).number(user.stamp());
  }

  private static void token(Encoder out, TokenTerms terms) {
    out.text(terms.hash()).text(terms.user()).tag(code(terms.role()));
    out.texts(terms.operations())
        .text(terms.label())
        .number(terms.createdAtMs())
        .number(terms.expiresAtMs());
  }

  private static TokenTerms token(Decoder in) throws IOException {
    return new TokenTerms(
        hash(in.text()),
        in.text(),
        role(in.tag()),
        in.list(Decoder::text),
        in.text(),
        in.number(),
        in.number());
  }

  /** What is shorter has no beginning to be called by. */
  private static String hash(String text) throws BadBytesException {
    if (text.length() < TokenTerms.ID_CHARS) {
      throw new BadBytesException("no hash of a token: " + text.length());
    }
    return text;
  }

  private static void deed(Encoder out, Deed deed) {
    out.number(deed.atMs()).text(deed.who()).text(deed.from()).text(deed.what()).text(deed.about());
  }
}
