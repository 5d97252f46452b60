package mutirao.cli.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import mutirao.cli.Errors;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.cli.text.Converters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mutirao certs}: a private certificate authority for a lab, and what it signs. */
@Command(name = "certs", mixinStandardHelpOptions = true, sortOptions = false)
public final class CertsCommand implements Callable<Integer> {
  private static final Duration AUTHORITY_VALID = Duration.ofDays(3650);
  private static final Duration OTHERS_VALID = Duration.ofDays(365);

  /** Names of files, and of users. */
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]{0,63}");

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9*][A-Za-z0-9.:-]{0,252}|::[0-9a-fA-F.:]*");

  /** What is made. In lower case, because a user types it. */
  enum Action {
    ca,
    server,
    client
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "ca|server|client", descriptionKey = "ACTION")
  private Action action = Action.ca;

  @Parameters(index = "1", paramLabel = "DIR", descriptionKey = "DIR")
  private Path folder = Path.of("");

  @Parameters(index = "2", arity = "0..1", paramLabel = "NAME", descriptionKey = "NAME")
  private String name = "";

  @Option(names = "--host", paramLabel = "HOST[,…]", split = ",")
  private List<String> hosts = List.of();

  @Option(names = "--valid", paramLabel = "TIME", converter = Converters.OfDuration.class)
  private @Nullable Duration valid;

  private final Output output;

  /** The command, in a terminal. */
  public CertsCommand(Host host) {
    this.output = new Output(host);
  }

  @Override
  public Integer call() {
    check();
    try {
      Path certificate =
          switch (action) {
            case ca -> {
              Authority.create(folder, validFor(AUTHORITY_VALID));
              yield folder.resolve(Authority.CERTIFICATE);
            }
            case server ->
                Authority.open(folder)
                    .issue(Authority.Kind.SERVER, name, allHosts(), validFor(OTHERS_VALID));
            case client ->
                Authority.open(folder)
                    .issue(Authority.Kind.CLIENT, name, List.of(), validFor(OTHERS_VALID));
          };
      output.say("certs.made." + action, certificate.toString());
      return Exit.DONE;
    } catch (IOException e) {
      output.complain("certs.failed", String.valueOf(e.getMessage()));
      return Exit.FAILED;
    }
  }

  private void check() {
    boolean right =
        switch (action) {
          case ca -> name.isEmpty() && hosts.isEmpty();
          case server -> NAME.matcher(name).matches() && hosts.stream().allMatch(this::isHost);
          case client -> NAME.matcher(name).matches() && hosts.isEmpty();
        };
    if (!right || (valid != null && valid.isZero())) {
      throw Errors.wrong(spec, output.texts().get("certs.usage." + action));
    }
  }

  private boolean isHost(String host) {
    return HOST.matcher(host).matches();
  }

  private Duration validFor(Duration otherwise) {
    return valid == null ? otherwise : valid;
  }

  /** A lab is one machine, first of all. */
  private List<String> allHosts() {
    return hosts.isEmpty() ? List.of("localhost", "127.0.0.1", "::1") : hosts;
  }
}
