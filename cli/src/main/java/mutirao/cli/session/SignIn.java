package mutirao.cli.session;

import java.util.Optional;
import mutirao.cli.terminal.Terminal;
import mutirao.cli.text.Line;
import mutirao.cli.text.Tone;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoException;
import mutirao.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Becomes somebody on the server; a person who was given no name, or a taken one, is asked. */
public final class SignIn {
  private static final String NAME = "name";

  private SignIn() {}

  /**
   * Connects.
   *
   * @param name the wanted name; null: a person is asked, a script gets one from the server
   * @return empty where the person would rather leave than give a name
   * @throws MutiraoException as {@link MutiraoClient#connect}
   */
  public static Optional<MutiraoClient> connect(
      ClientOptions.Builder options, @Nullable String name, Terminal terminal) {
    String wanted = name;
    while (true) {
      if (wanted == null) {
        wanted = terminal.interactive() ? ask(terminal) : "";
      }
      if (wanted == null) {
        return Optional.empty();
      }
      try {
        return Optional.of(MutiraoClient.connect(options.name(wanted.strip()).build()));
      } catch (MutiraoException e) {
        if (!terminal.interactive() || !isAboutTheName(e)) {
          throw e;
        }
        terminal.complain(e.is(ErrorCode.NAME_TAKEN) ? "name.taken" : "name.invalid");
        wanted = null;
      }
    }
  }

  private static @Nullable String ask(Terminal terminal) {
    return terminal.ask(Line.of(Tone.STRONG, terminal.texts().get("name.prompt")));
  }

  private static boolean isAboutTheName(MutiraoException e) {
    return e.is(ErrorCode.NAME_TAKEN)
        || ((e.is(ErrorCode.INVALID) || e.is(ErrorCode.FORBIDDEN))
            && e.field().filter(NAME::equals).isPresent());
  }
}
