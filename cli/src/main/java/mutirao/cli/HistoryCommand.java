package mutirao.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import mutirao.cli.history.HistoryLines;
import mutirao.cli.history.HistoryTable;
import mutirao.cli.history.HistoryView;
import mutirao.cli.history.Moments;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.cli.text.Texts;
import mutirao.client.MutiraoClient;
import mutirao.client.Search;
import mutirao.protocol.Limits;
import mutirao.protocol.Role;
import mutirao.protocol.ServerFrame;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mutirao history}: what the archive has, for people and scripts. */
@Command(name = "history", mixinStandardHelpOptions = true, sortOptions = false)
final class HistoryCommand implements Callable<Integer> {
  private static final int MOST = 1_000_000;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ConnectionOptions connection;

  @Option(names = "--search", paramLabel = "WORDS")
  private @Nullable String words;

  @Option(names = "--name", paramLabel = "NAME", defaultValue = "")
  private String name = "";

  @Option(names = "--room", paramLabel = "ROOM")
  private @Nullable String room;

  @Option(names = "--messages")
  private boolean messages;

  @Option(names = "--tasks")
  private boolean tasks;

  @Option(names = "--task", paramLabel = "ID")
  private @Nullable String task;

  @Option(names = "--operation", paramLabel = "OPERATION")
  private @Nullable String operation;

  @Option(names = "--by", paramLabel = "NAME")
  private @Nullable String by;

  @Option(names = "--all")
  private boolean all;

  @Option(names = "--since", paramLabel = "WHEN")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "WHEN")
  private @Nullable String until;

  @Option(names = "--limit", paramLabel = "N")
  private int limit = Limits.DEFAULT_PAGE;

  @Option(names = "--json")
  private boolean json;

  private final Texts texts;
  private final Output output;

  HistoryCommand(Host host) {
    this.texts = host.texts();
    this.output = new Output(host);
    this.connection = new ConnectionOptions(host);
  }

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw Errors.wrong(spec, texts.get("usage.range", "--limit", 1, MOST));
    }
    if (messages && tasks) {
      throw Errors.wrong(spec, texts.get("history.messages.or.tasks"));
    }
    ZoneId zone = ZoneId.systemDefault();
    Search search = search(new Moments(Instant.now(), zone));
    HistoryView view = json ? new HistoryLines(output) : new HistoryTable(output, zone);
    try (MutiraoClient client =
        MutiraoClient.connect(
            connection.client().name(name).role(Role.OBSERVER).presence(false).build())) {
      if (room != null) {
        // What was said in a room is for those who are in it.
        client.join(room).await();
      }
      show(client, search, view);
    }
    return Exit.DONE;
  }

  private void show(MutiraoClient client, Search search, HistoryView view) {
    int left = limit;
    @Nullable String next;
    do {
      ServerFrame.Found page = client.search(search.limit(Math.min(left, Limits.MAX_PAGE))).await();
      view.show(page);
      left -= page.found().size();
      next = page.next();
      if (next != null) {
        search.after(next);
      }
    } while (left > 0 && next != null);
    view.end(next != null);
  }

  private Search search(Moments moments) {
    Search search = words == null ? Search.everything() : Search.of(words);
    if (messages) {
      search.messages();
    }
    if (tasks) {
      search.tasks();
    }
    if (room != null) {
      search.room(room);
    }
    if (task != null) {
      search.task(task);
    }
    if (operation != null) {
      search.operation(operation);
    }
    if (by != null) {
      search.by(by);
    }
    if (all) {
      search.anybodys();
    }
    if (since != null) {
      search.since(moment("--since", since, moments::since));
    }
    if (until != null) {
      search.until(moment("--until", until, moments::until));
    }
    return search;
  }

  private Instant moment(String option, String text, Function<String, Optional<Instant>> reader) {
    return reader
        .apply(text)
        .orElseThrow(() -> Errors.wrong(spec, texts.get("usage.value", text, option)));
  }
}
