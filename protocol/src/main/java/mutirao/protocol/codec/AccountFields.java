package mutirao.protocol.codec;

import java.util.List;
import mutirao.protocol.AccountRole;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.Limits;
import mutirao.protocol.Names;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.view.AccountList;
import mutirao.protocol.view.DeedView;
import mutirao.protocol.view.TokenView;
import mutirao.protocol.view.UserView;
import org.jspecify.annotations.Nullable;

/** What is asked and told of users and tokens. */
final class AccountFields {
  private AccountFields() {}

  static void write(ObjectWriter out, ClientFrame.Account f) {
    out.text(
            Field.ACTION,
            f.action() == ClientFrame.AccountAction.LIST ? null : f.action().wireName())
        .text(Field.USER, f.user())
        .text(Field.ACCOUNT_ROLE, f.role() == null ? null : f.role().wireName())
        .value(Field.OPERATIONS, f.operations().isEmpty() ? null : f.operations())
        .text(Field.PASSWORD, f.password())
        .text(Field.TOKEN, f.token())
        .text(Field.LABEL, f.label())
        .optional(Field.LIFETIME_MS, f.lifetimeMs());
  }

  static void write(ObjectWriter out, AccountList list) {
    out.objects(Field.USERS, list.users(), AccountFields::user)
        .objects(Field.TOKENS, list.tokens(), AccountFields::token)
        .objects(Field.DEEDS, list.deeds(), AccountFields::deed)
        .text(Field.SECRET, list.secret());
  }

  private static void user(ObjectWriter out, UserView user) {
    out.text(Field.USER, user.user())
        .text(Field.ACCOUNT_ROLE, user.role())
        .texts(Field.OPERATIONS, user.operations(), operation -> operation)
        .flag(Field.PASSWORD, user.password())
        .number(Field.TOKENS, user.tokens());
  }

  private static void token(ObjectWriter out, TokenView token) {
    out.text(Field.TOKEN, token.token())
        .text(Field.USER, token.user())
        .text(Field.ACCOUNT_ROLE, token.role())
        .texts(Field.OPERATIONS, token.operations(), operation -> operation)
        .text(Field.LABEL, token.label())
        .number(Field.CREATED_AT, token.createdAt())
        .optional(Field.EXPIRES_AT, token.expiresAt());
  }

  private static void deed(ObjectWriter out, DeedView deed) {
    out.number(Field.TIMESTAMP, deed.timestamp())
        .text(Field.WHO, deed.who())
        .text(Field.FROM, deed.from())
        .text(Field.WHAT, deed.what())
        .text(Field.ABOUT, deed.about());
  }

  static ServerFrame accounts(Fields f, @Nullable RawJson ref) {
    return new ServerFrame.Accounts(
        ref,
        new AccountList(
            f.objects(Field.USERS, AccountFields::user),
            f.objects(Field.TOKENS, AccountFields::token),
            f.objects(Field.DEEDS, AccountFields::deed),
            f.text(Field.SECRET)));
  }

  private static UserView user(Fields e) {
    return new UserView(
        e.requiredText(Field.USER),
        e.requiredText(Field.ACCOUNT_ROLE),
        operations(e),
        e.flag(Field.PASSWORD, false),
        (int) e.integer(Field.TOKENS, 0, Integer.MAX_VALUE, 0));
  }

  private static TokenView token(Fields e) {
    return new TokenView(
        e.requiredText(Field.TOKEN),
        e.requiredText(Field.USER),
        e.requiredText(Field.ACCOUNT_ROLE),
        operations(e),
        text(e, Field.LABEL),
        e.requiredInteger(Field.CREATED_AT, 0, Long.MAX_VALUE),
        e.integer(Field.EXPIRES_AT, 0, Long.MAX_VALUE));
  }

  private static DeedView deed(Fields e) {
    return new DeedView(
        e.requiredInteger(Field.TIMESTAMP, 0, Long.MAX_VALUE),
        text(e, Field.WHO),
        text(e, Field.FROM),
        e.requiredText(Field.WHAT),
        text(e, Field.ABOUT));
  }

  private static String text(Fields e, Field field) {
    String text = e.text(field);
    return text == null ? "" : text;
  }

  private static List<String> operations(Fields e) {
    List<String> operations = e.texts(Field.OPERATIONS);
    return operations == null ? List.of() : operations;
  }

  static ClientFrame account(Fields f, @Nullable RawJson ref) {
    String wanted = f.text(Field.ACTION);
    ClientFrame.AccountAction action =
        wanted == null ? ClientFrame.AccountAction.LIST : accountAction(wanted);
    if (action == null) {
      f.fail(
          Field.ACTION,
          "invalid.choice",
          "list, audit, add_user, remove_user, set_password, add_token, revoke_token");
      action = ClientFrame.AccountAction.LIST;
    }
    boolean aboutUser =
        switch (action) {
          case LIST, AUDIT, REVOKE_TOKEN -> false;
          case ADD_USER, REMOVE_USER, SET_PASSWORD, ADD_TOKEN -> true;
        };
    boolean made =
        action == ClientFrame.AccountAction.ADD_USER
            || action == ClientFrame.AccountAction.ADD_TOKEN;
    boolean token = action == ClientFrame.AccountAction.ADD_TOKEN;
    AccountRole role = made ? accountRole(f) : null;
    if (action == ClientFrame.AccountAction.ADD_USER && role == null) {
      f.requiredText(Field.ACCOUNT_ROLE);
    }
    List<String> operations = made ? ClientFrameDecoder.operations(f) : null;
    if (operations != null && operations.size() > Limits.MAX_ACCOUNT_OPERATIONS) {
      f.fail(Field.OPERATIONS, "invalid.count", Limits.MAX_ACCOUNT_OPERATIONS);
    }
    return new ClientFrame.Account(
        ref,
        action,
        aboutUser ? userName(f) : null,
        role,
        operations == null ? List.of() : operations,
        password(f, action),
        action == ClientFrame.AccountAction.REVOKE_TOKEN ? f.requiredText(Field.TOKEN) : null,
        token ? f.text(Field.LABEL, Limits.MAX_LABEL_CHARS) : null,
        token ? f.integer(Field.LIFETIME_MS, 1, Limits.MAX_DURATION_MS) : null);
  }

  private static String userName(Fields f) {
    String user = Names.normalizeUser(f.requiredText(Field.USER));
    if (user == null) {
      f.fail(Field.USER, "invalid.user", Limits.MAX_USER_CHARS);
      return "";
    }
    return user;
  }

  private static @Nullable String password(Fields f, ClientFrame.AccountAction action) {
    if (action == ClientFrame.AccountAction.SET_PASSWORD) {
      f.requiredText(Field.PASSWORD);
    } else if (action != ClientFrame.AccountAction.ADD_USER) {
      return null;
    }
    String password = f.text(Field.PASSWORD);
    if (password != null && !Limits.allowsPassword(password)) {
      f.fail(
          Field.PASSWORD, "invalid.password", Limits.MIN_PASSWORD_CHARS, Limits.MAX_PASSWORD_CHARS);
    }
    return password;
  }

  private static @Nullable AccountRole accountRole(Fields f) {
    String wireName = f.text(Field.ACCOUNT_ROLE);
    if (wireName == null) {
      return null;
    }
    AccountRole role = AccountRole.fromWire(wireName).orElse(null);
    if (role == null) {
      f.fail(Field.ACCOUNT_ROLE, "invalid.choice", "viewer, member, worker, admin");
    }
    return role;
  }

  private static ClientFrame.@Nullable AccountAction accountAction(String wireName) {
    for (ClientFrame.AccountAction action : ClientFrame.AccountAction.values()) {
      if (action.wireName().equals(wireName)) {
        return action;
      }
    }
    return null;
  }
}
