package mutirao.cli.text;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which language somebody wants. */
public final class Languages {
  private static final String OPTION = "--lang";

  /** In the order in which POSIX lets them decide. */
  private static final List<String> VARIABLES = List.of("LC_ALL", "LC_MESSAGES", "LANG");

  private Languages() {}

  /** The language of a tag such as {@code en}, {@code pt-BR} or {@code pt_BR}; empty: not ours. */
  public static Optional<Locale> of(String tag) {
    Locale locale = Locale.forLanguageTag(tag.strip().replace('_', '-'));
    return switch (locale.getLanguage()) {
      case "en" -> Optional.of(Locale.ENGLISH);
      case "pt" -> Optional.of(Locale.of("pt", "BR"));
      default -> Optional.empty();
    };
  }

  /**
   * The language the arguments ask for, looked up before they are parsed: messages about wrong
   * arguments come in it too. Else the environment's.
   */
  public static Locale wanted(String[] arguments, Map<String, String> environment) {
    return fromArguments(arguments).orElseGet(() -> fromEnvironment(environment));
  }

  private static Optional<Locale> fromArguments(String[] arguments) {
    for (int i = 0; i < arguments.length && !arguments[i].equals("--"); i++) {
      if (arguments[i].startsWith(OPTION + "=")) {
        return of(arguments[i].substring(OPTION.length() + 1));
      }
      if (arguments[i].equals(OPTION) && i + 1 < arguments.length) {
        return of(arguments[i + 1]);
      }
    }
    return Optional.empty();
  }

  /**
   * Read from the variables and not only from the JVM, which falls back to English where the
   * machine lacks the locale's files.
   */
  private static Locale fromEnvironment(Map<String, String> environment) {
    for (String variable : VARIABLES) {
      String value = environment.getOrDefault(variable, "");
      if (!value.isBlank()) {
        String tag = value.split("[.@]", 2)[0];
        return of(tag).orElse(Locale.ENGLISH);
      }
    }
    return of(Locale.getDefault().toLanguageTag()).orElse(Locale.ENGLISH);
  }
}
