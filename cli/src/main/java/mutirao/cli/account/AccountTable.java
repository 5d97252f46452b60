package mutirao.cli.account;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mutirao.cli.terminal.Columns;
import mutirao.cli.terminal.Output;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.protocol.codec.Json;
import mutirao.protocol.view.AccountList;
import mutirao.protocol.view.DeedView;
import mutirao.protocol.view.TokenView;
import mutirao.protocol.view.UserView;
import org.jspecify.annotations.Nullable;

/** Users, tokens and records: a table for people, or a JSON object a line for scripts. */
final class AccountTable {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  private final Output output;
  private final Texts texts;
  private final boolean json;

  AccountTable(Output output, boolean json) {
    this.output = output;
    this.texts = output.texts();
    this.json = json;
  }

  void users(AccountList list) {
    List<List<String>> rows = new ArrayList<>();
    for (UserView user : list.users()) {
      if (json) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("user", user.user());
        members.put("account_role", user.role());
        members.put("operations", user.operations());
        members.put("password", user.password());
        members.put("tokens", user.tokens());
        print(members);
      }
      rows.add(
          List.of(
              user.user(),
              user.role(),
              operations(user.operations()),
              texts.get(user.password() ? "user.password" : "user.no.password"),
              texts.get("user.tokens", user.tokens())));
    }
    table(rows);
  }

  void tokens(AccountList list) {
    List<List<String>> rows = new ArrayList<>();
    for (TokenView token : list.tokens()) {
      if (json) {
        print(members(token));
      }
      rows.add(
          List.of(
              token.token(),
              token.user(),
              token.role(),
              operations(token.operations()),
              token.expiresAt() == null
                  ? texts.get("token.for.ever")
                  : texts.get("token.until", moment(token.expiresAt())),
              token.label()));
    }
    table(rows);
  }

  /** A token that was just made; its secret is shown this once. */
  void secret(AccountList list) {
    String secret = String.valueOf(list.secret());
    for (TokenView token : list.tokens()) {
      if (json) {
        Map<String, @Nullable Object> members = members(token);
        members.put("secret", secret);
        print(members);
      } else {
        output.printRaw(secret);
        output.complain("token.made", token.token(), token.user());
      }
    }
  }

  private static Map<String, @Nullable Object> members(TokenView token) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("token", token.token());
    members.put("user", token.user());
    members.put("account_role", token.role());
    members.put("operations", token.operations());
    members.put("label", token.label());
    members.put("created_at", token.createdAt());
    members.put("expires_at", token.expiresAt());
    return members;
  }

  void deeds(AccountList list) {
    List<List<String>> rows = new ArrayList<>();
    for (DeedView deed : list.deeds()) {
      if (json) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("timestamp", deed.timestamp());
        members.put("who", deed.who());
        members.put("from", deed.from());
        members.put("what", deed.what());
        members.put("about", deed.about());
        print(members);
      }
      rows.add(
          List.of(
              moment(deed.timestamp()),
              deed.who().isEmpty() ? "-" : deed.who(),
              deed.from().isEmpty() ? "-" : deed.from(),
              deed.what(),
              deed.about()));
    }
    table(rows);
  }

  private void print(Map<String, @Nullable Object> members) {
    output.printRaw(Json.write(members).toString());
  }

  private void table(List<List<String>> rows) {
    if (json || rows.isEmpty()) {
      return;
    }
    int columns = rows.getFirst().size();
    int[] widths = new int[columns];
    for (int column = 0; column < columns; column++) {
      int at = column;
      widths[column] = Columns.widest(rows.stream().map(row -> row.get(at)).toList());
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < columns; column++) {
        line.append(Columns.pad(row.get(column), widths[column])).append("  ");
      }
      output.print(Line.of(line.toString().stripTrailing()));
    }
  }

  private String operations(List<String> operations) {
    return operations.isEmpty() ? texts.get("user.any.operation") : String.join(",", operations);
  }

  private static String moment(long timestampMs) {
    return MOMENT.format(Instant.ofEpochMilli(timestampMs).atZone(ZoneId.systemDefault()));
  }
}
