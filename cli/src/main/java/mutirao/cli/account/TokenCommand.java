package mutirao.cli.account;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import mutirao.cli.ConnectionOptions;
import mutirao.cli.Errors;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.cli.text.Quantities;
import mutirao.cli.text.Texts;
import mutirao.client.account.AccountRequest;
import mutirao.protocol.view.AccountList;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mutirao token}: what programs log in with. */
@Command(name = "token", mixinStandardHelpOptions = true, sortOptions = false)
public final class TokenCommand implements Callable<Integer> {
  private static final String NEVER = "never";

  /** What is to be done. In lower case, because a user types it. */
  enum Action {
    list,
    create,
    revoke
  }

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ConnectionOptions connection;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "list|create|revoke",
      descriptionKey = "ACTION")
  private Action action = Action.list;

  @Parameters(index = "1", arity = "0..1", paramLabel = "USER|ID", descriptionKey = "ABOUT")
  private String about = "";

  @Option(names = "--label", paramLabel = "TEXT")
  private @Nullable String label;

  @Option(names = "--role", paramLabel = "viewer|member|worker|admin")
  private UserCommand.@Nullable RoleName role;

  @Option(names = "--operations", paramLabel = "OPERATION[,…]", split = ",")
  private List<String> operations = List.of();

  @Option(names = "--expires", paramLabel = "TIME|never")
  private String expires = "90d";

  @Option(names = "--json")
  private boolean json;

  private final Texts texts;
  private final Output output;

  /** The command, in a terminal. */
  public TokenCommand(Host host) {
    this.texts = host.texts();
    this.output = new Output(host);
    this.connection = new ConnectionOptions(host);
  }

  @Override
  public Integer call() {
    if (about.isEmpty() != (action == Action.list)) {
      throw wrong("token.usage." + action);
    }
    AccountRequest request =
        switch (action) {
          case list -> AccountRequest.list();
          case create ->
              AccountRequest.addToken(
                  about, role == null ? null : role.role(), operations, label, lifetime());
          case revoke -> AccountRequest.revokeToken(about);
        };
    show(connection.ask(client -> client.account(request)));
    return Exit.DONE;
  }

  private @Nullable Duration lifetime() {
    return expires.equals(NEVER)
        ? null
        : Quantities.duration(expires).orElseThrow(() -> wrong("token.expires.wrong"));
  }

  private ParameterException wrong(String key) {
    return Errors.wrong(spec, texts.get(key));
  }

  private void show(AccountList list) {
    AccountTable table = new AccountTable(output, json);
    switch (action) {
      case list -> {
        if (list.tokens().isEmpty() && !json) {
          output.complain("token.none");
        }
        table.tokens(list);
      }
      case create -> table.secret(list);
      case revoke -> output.say("token.revoked", about);
    }
  }
}
