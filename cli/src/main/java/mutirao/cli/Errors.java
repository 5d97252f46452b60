package mutirao.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import mutirao.cli.session.Failures;
import mutirao.cli.terminal.Exit;
import mutirao.cli.terminal.Host;
import mutirao.cli.terminal.Output;
import mutirao.cli.text.Line;
import mutirao.cli.text.Texts;
import mutirao.cli.text.Tone;
import mutirao.client.MutiraoException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What goes wrong, in words on standard error and as an exit code. */
public final class Errors {
  private static final Logger LOG = System.getLogger(Errors.class.getName());

  private final Output output;
  private final Texts texts;

  Errors(Host host) {
    this.output = new Output(host);
    this.texts = host.texts();
  }

  /** Wrong usage. */
  int usage(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    output.printError(Line.of(Tone.BAD, describe(failure)));
    if (failure instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        output.complain("usage.suggestion", String.join(", ", suggestions));
      }
    }
    output.complain("usage.help", command.getCommandSpec().qualifiedName());
    return Exit.USAGE;
  }

  /** The parser's own sentences exist in English only; these are ours for the same cases. */
  private String describe(ParameterException failure) {
    ArgSpec argument = failure.getArgSpec();
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return texts.get("usage.unknown", String.join(" ", unmatched.getUnmatched()));
    }
    if (failure instanceof MissingParameterException missing) {
      String labels =
          String.join(" ", missing.getMissing().stream().map(Errors::label).distinct().toList());
      boolean option = missing.getMissing().stream().anyMatch(ArgSpec::isOption);
      return texts.get(option ? "usage.argument" : "usage.missing", labels);
    }
    if (argument != null && failure.getValue() != null) {
      return texts.get("usage.value", failure.getValue(), label(argument));
    }
    if (argument != null) {
      return texts.get("usage.argument", label(argument));
    }
    return String.valueOf(failure.getMessage());
  }

  private static String label(ArgSpec argument) {
    if (argument instanceof CommandLine.Model.OptionSpec option) {
      return option.longestName();
    }
    return argument.paramLabel();
  }

  /** A failure while a command runs. No traces: they say nothing to who only uses the program. */
  int failure(Exception failure, CommandLine command) {
    LOG.log(Level.DEBUG, "the command failed", failure);
    if (failure instanceof MutiraoException known) {
      if (known.code().equals(MutiraoException.UNREACHABLE)) {
        output.complain("unreachable", servers(command));
        output.complain("unreachable.hint");
      } else {
        output.printError(Line.of(Tone.BAD, Failures.describe(texts, known)));
      }
      return Exit.of(known);
    }
    if (failure instanceof IOException || failure instanceof UncheckedIOException) {
      output.complain("failure.io", String.valueOf(failure.getMessage()));
    } else {
      output.complain("failure.unexpected", String.valueOf(failure));
    }
    return Exit.FAILED;
  }

  private static String servers(CommandLine command) {
    return command.getCommandSpec().mixins().values().stream()
        .map(spec -> spec.userObject())
        .filter(ConnectionOptions.class::isInstance)
        .map(mixin -> ((ConnectionOptions) mixin).servers())
        .findFirst()
        .orElse("");
  }

  /** Wrong usage that only the command itself can see. */
  public static ParameterException wrong(
      CommandLine.Model.@Nullable CommandSpec spec, String message) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
  }
}
