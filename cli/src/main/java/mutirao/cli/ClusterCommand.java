package mutirao.cli;

import java.util.List;
import java.util.concurrent.Callable;
import mutirao.cli.terminal.Columns;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.cli.text.Texts;
import mutirao.protocol.ServerFrame;
import mutirao.protocol.ServerView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mutirao cluster}: the servers of a group, to be seen and changed. */
@Command(name = "cluster", mixinStandardHelpOptions = true, sortOptions = false)
final class ClusterCommand implements Callable<Integer> {

  /** What is to be done. In lower case, because a user types it. */
  enum Action {
    status,
    add,
    remove,
    transfer
  }

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ConnectionOptions connection;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "status|add|remove|transfer",
      descriptionKey = "ACTION")
  private Action action = Action.status;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME[=HOST:PORT]",
      descriptionKey = "SERVER")
  private String server = "";

  private final Texts texts;
  private final Output output;

  ClusterCommand(Host host) {
    this.texts = host.texts();
    this.output = new Output(host);
    this.connection = new ConnectionOptions(host);
  }

  @Override
  public Integer call() {
    String node = server.contains("=") ? server.substring(0, server.indexOf('=')) : server;
    String address = server.substring(Math.min(server.length(), node.length() + 1));
    check(node, address);
    show(
        connection.ask(
            client ->
                switch (action) {
                  case status -> client.cluster();
                  case add -> client.addServer(node, address);
                  case remove -> client.removeServer(node);
                  case transfer -> client.transferLeadership(node);
                }));
    return Exit.DONE;
  }

  private void check(String node, String address) {
    boolean right =
        switch (action) {
          case status -> server.isEmpty();
          case add -> !node.isEmpty() && !address.isEmpty();
          case remove, transfer -> !node.isEmpty() && address.isEmpty();
        };
    if (!right) {
      throw Errors.wrong(spec, texts.get("cluster.usage." + action));
    }
  }

  private void show(ServerFrame.ClusterState state) {
    List<ServerView> servers = state.servers();
    int names = Columns.widest(servers.stream().map(ServerView::node).toList());
    int addresses = Columns.widest(servers.stream().map(ClusterCommand::address).toList());
    for (ServerView each : servers) {
      output.printRaw(
          Columns.pad(each.node(), names)
              + "  "
              + Columns.pad(address(each), addresses)
              + "  "
              + texts.get("cluster.committed", each.committed())
              + "  "
              + part(state, each));
    }
    if (state.leader() == null) {
      output.complain("cluster.no.leader");
    }
  }

  private String part(ServerFrame.ClusterState state, ServerView each) {
    if (each.node().equals(state.leader())) {
      return texts.get("cluster.leads", state.term());
    }
    return each.silentMs() == null
        ? texts.get("cluster.follows")
        : texts.get("cluster.heard", each.silentMs());
  }

  private static String address(ServerView view) {
    return view.address() == null ? "-" : view.address();
  }
}
