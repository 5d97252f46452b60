package mutirao.tidy.rules;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What no text of the project holds, and what resource bundles hold in every language. */
public final class Texts {
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(" + "TO" + "DO|FIX" + "ME|X" + "XX)\\b|_PLACE" + "HOLDER\\b");
  private static final Pattern SOMEBODYS_MACHINE =
      Pattern.compile("(?<![\\w.$}~>-])/(?:work|root|home|Users)/[\\w.-]");
  private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)");

  private Texts() {}

  /** Notes to oneself, and paths that exist on one machine only. */
  public static List<String> violations(String file, String text) {
    List<String> findings = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (UNFINISHED.matcher(line).find()) {
        findings.add(file + ":" + number + ": unfinished: do it, or drop it");
      }
      if (SOMEBODYS_MACHINE.matcher(line).find()) {
        findings.add(file + ":" + number + ": a path of one machine");
      }
    }
    return findings;
  }

  /** Keys and arguments in which two languages of a bundle differ. */
  public static List<String> differences(String bundle, String english, String portuguese) {
    Properties inEnglish = load(english);
    Properties inPortuguese = load(portuguese);
    SortedSet<String> keys = new TreeSet<>(inEnglish.stringPropertyNames());
    keys.addAll(inPortuguese.stringPropertyNames());
    List<String> findings = new ArrayList<>();
    for (String key : keys) {
      String one = inEnglish.getProperty(key);
      String other = inPortuguese.getProperty(key);
      if (one == null || other == null) {
        findings.add(
            bundle + ": " + key + " is missing in " + (one == null ? "English" : "Portuguese"));
      } else if (!arguments(one).equals(arguments(other))) {
        findings.add(bundle + ": " + key + " has other arguments in Portuguese");
      }
    }
    return findings;
  }

  private static SortedSet<String> arguments(String pattern) {
    SortedSet<String> arguments = new TreeSet<>();
    ARGUMENT.matcher(pattern).results().forEach(match -> arguments.add(match.group(1)));
    return arguments;
  }

  private static Properties load(String text) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
