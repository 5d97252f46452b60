package mutirao.cli.account;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import mutirao.cli.ConnectionOptions;
import mutirao.cli.Errors;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.cli.text.Texts;
import mutirao.client.account.AccountRequest;
import mutirao.protocol.AccountRole;
import mutirao.protocol.view.AccountList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mutirao user}: who may log in. */
@Command(name = "user", mixinStandardHelpOptions = true, sortOptions = false)
public final class UserCommand implements Callable<Integer> {

  /** What is to be done. In lower case, because a user types it. */
  enum Action {
    list,
    add,
    remove,
    passwd
  }

  /** What a user may do. In lower case for the same reason. */
  enum RoleName {
    viewer,
    member,
    worker,
    admin;

    AccountRole role() {
      return AccountRole.fromWire(name()).orElseThrow();
    }
  }

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ConnectionOptions connection;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "list|add|remove|passwd",
      descriptionKey = "ACTION")
  private Action action = Action.list;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", descriptionKey = "NAME")
  private String name = "";

  @Option(names = "--role", paramLabel = "viewer|member|worker|admin")
  private RoleName role = RoleName.member;

  @Option(names = "--operations", paramLabel = "OPERATION[,…]", split = ",")
  private List<String> operations = List.of();

  @Option(names = "--no-password")
  private boolean noPassword;

  @Option(names = "--json")
  private boolean json;

  private final Texts texts;
  private final Output output;
  private final PasswordInput passwords;

  /** The command, in a terminal. */
  public UserCommand(Host host) {
    this.texts = host.texts();
    this.output = new Output(host);
    this.connection = new ConnectionOptions(host);
    this.passwords = new PasswordInput(host);
  }

  @Override
  public Integer call() throws IOException {
    if (action == Action.passwd && name.isEmpty()) {
      name = connection.user();
    }
    if (name.isEmpty() != (action == Action.list)) {
      throw wrong("user.usage." + action);
    }
    AccountRequest request =
        switch (action) {
          case list -> AccountRequest.list();
          case add ->
              AccountRequest.addUser(name, role.role(), operations, noPassword ? null : fresh());
          case remove -> AccountRequest.removeUser(name);
          case passwd -> AccountRequest.setPassword(name, fresh());
        };
    show(connection.ask(client -> client.account(request)));
    return Exit.DONE;
  }

  private String fresh() throws IOException {
    String password = passwords.fresh(name);
    if (password == null || password.isEmpty()) {
      throw wrong("password.none");
    }
    return Objects.requireNonNull(password);
  }

  private ParameterException wrong(String key) {
    return Errors.wrong(spec, texts.get(key));
  }

  private void show(AccountList list) {
    switch (action) {
      case list -> {
        if (list.users().isEmpty() && !json) {
          output.complain("user.none");
        }
        new AccountTable(output, json).users(list);
      }
      case add -> output.say("user.added", name, role.name());
      case remove -> output.say("user.removed", name);
      case passwd -> output.say("user.passwd", name);
    }
  }
}
