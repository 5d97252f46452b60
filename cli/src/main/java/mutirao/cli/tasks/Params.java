package mutirao.cli.tasks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people type after an operation's name, as the {@code params} it wants. */
public final class Params {
  /** The field that operations on numbers read. */
  public static final String NUMBERS = "numbers";

  /** The field that operations on text read. */
  public static final String TEXT = "text";

  private static final Set<String> NUMERIC = Set.of("sum", "average", "max", "min");

  private static final Set<String> TEXTUAL =
      Set.of("count_words", "count_chars", "uppercase", "lowercase");

  private Params() {}

  /** Whether it is a built-in operation on text. */
  public static boolean isTextual(String operation) {
    return TEXTUAL.contains(operation);
  }

  /**
   * Numbers as the built-in arithmetic wants them.
   *
   * @throws NotANumberException naming the first word that is none
   */
  public static Map<String, Object> numbers(List<String> words) throws NotANumberException {
    List<BigDecimal> numbers = new ArrayList<>();
    for (String word : words) {
      numbers.add(number(word).orElseThrow(() -> new NotANumberException(word)));
    }
    return Map.of(NUMBERS, numbers);
  }

  /** Text as the built-in operations on text want it. */
  public static Map<String, Object> text(String text) {
    return Map.of(TEXT, text);
  }

  /**
   * Values for an operation: numbers for the built-in arithmetic, text for the built-in operations
   * on text. Any other operation gets numbers if there are only such, else text; nothing if there
   * are none.
   *
   * @throws NotANumberException where the built-in arithmetic is given something else
   */
  public static Map<String, Object> of(String operation, List<String> words)
      throws NotANumberException {
    if (NUMERIC.contains(operation)) {
      return numbers(words);
    }
    String joined = String.join(" ", words);
    if (isTextual(operation)) {
      return text(joined);
    }
    if (words.isEmpty()) {
      return Map.of();
    }
    boolean onlyNumbers = words.stream().allMatch(word -> number(word).isPresent());
    return onlyNumbers ? numbers(words) : text(joined);
  }

  private static Optional<BigDecimal> number(String word) {
    try {
      return Optional.of(new BigDecimal(word));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** A word that should have been a number. */
  public static final class NotANumberException extends Exception {
    private static final long serialVersionUID = 1L;

    NotANumberException(String word) {
      super(word, null, false, false);
    }

    /** The word. */
    public String word() {
      return String.valueOf(getMessage());
    }
  }
}
