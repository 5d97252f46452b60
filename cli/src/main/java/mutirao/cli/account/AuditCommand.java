package mutirao.cli.account;

import java.util.concurrent.Callable;
import mutirao.cli.ConnectionOptions;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.client.account.AccountRequest;
import mutirao.protocol.view.AccountList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mutirao audit}: who changed users and tokens, when, and from where. */
@Command(name = "audit", mixinStandardHelpOptions = true, sortOptions = false)
public final class AuditCommand implements Callable<Integer> {
  @Mixin private final ConnectionOptions connection;

  @Option(names = "--json")
  private boolean json;

  private final Output output;

  /** The command, in a terminal. */
  public AuditCommand(Host host) {
    this.output = new Output(host);
    this.connection = new ConnectionOptions(host);
  }

  @Override
  public Integer call() {
    AccountList list = connection.ask(client -> client.account(AccountRequest.audit()));
    if (list.deeds().isEmpty() && !json) {
      output.complain("audit.none");
    }
    new AccountTable(output, json).deeds(list);
    return Exit.DONE;
  }
}
