package mutirao.cli.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundlesTest {
  /** The rest of such a key is put together from a role, a state, an action or a code. */
  private static final List<String> PREFIXES =
      List.of(
          "role.",
          "failure.",
          "task.",
          "cluster.usage.",
          "user.usage.",
          "token.usage.",
          "certs.made.",
          "certs.usage.",
          "history.gap.");

  private static final Path SOURCES = Path.of("src", "main", "java");

  private static Properties load(String name) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = BundlesTest.class.getResourceAsStream("/mutirao/cli/" + name)) {
      properties.load(new InputStreamReader(Objects.requireNonNull(in), UTF_8));
    }
    return properties;
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages", "help"})
  void bothLanguagesHaveTheSameKeys(String bundle) throws IOException {
    Set<String> english = load(bundle + ".properties").stringPropertyNames();
    Set<String> portuguese = load(bundle + "_pt_BR.properties").stringPropertyNames();
    assertEquals(new TreeSet<>(english), new TreeSet<>(portuguese));
  }

  @Test
  void bothLanguagesUseTheSameArguments() throws IOException {
    Properties english = load("messages.properties");
    Properties portuguese = load("messages_pt_BR.properties");
    for (String key : english.stringPropertyNames()) {
      assertEquals(
          arguments(english.getProperty(key), Locale.ENGLISH),
          arguments(portuguese.getProperty(key), Locale.of("pt", "BR")),
          key);
    }
  }

  /** Filling in only one argument after the other shows which ones a sentence has. */
  private static Set<Integer> arguments(String pattern, Locale locale) {
    MessageFormat format = new MessageFormat(pattern, locale);
    int count = format.getFormatsByArgumentIndex().length;
    Set<Integer> used = new TreeSet<>();
    Object[] ones = new Object[count];
    Arrays.fill(ones, 1);
    String all = format.format(ones);
    for (int i = 0; i < count; i++) {
      Object[] changed = ones.clone();
      changed[i] = 7777;
      if (!format.format(changed).equals(all)) {
        used.add(i);
      }
    }
    return used;
  }

  @Test
  void everySentenceIsUsedAndNoneIsMissing() throws IOException {
    Set<String> keys = load("messages.properties").stringPropertyNames();
    String code;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      code =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(BundlesTest::read)
              .collect(Collectors.joining());
    }
    for (String key : keys) {
      boolean composed = PREFIXES.stream().anyMatch(key::startsWith);
      assertTrue(composed || code.contains('"' + key + '"'), key + " is not used");
    }
    Pattern use =
        Pattern.compile(
            "(?:\\.get|\\bsay|complain|narrator\\.\\w+)\\(\\s*(?:Tone\\.\\w+,\\s*)?\"([a-z.]+)\"");
    List<String> missing =
        use.matcher(code).results().map(m -> m.group(1)).filter(k -> !keys.contains(k)).toList();
    assertEquals(List.of(), missing.stream().filter(key -> !PREFIXES.contains(key)).toList());
    assertFalse(use.matcher(code).results().count() < 50, "the pattern finds the uses");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
