package mutirao.client.ops;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mutirao.client.Operation;
import mutirao.client.OperationException;
import mutirao.client.TaskContext;
import mutirao.protocol.RawJson;

/**
 * The eight operations of the protocol. Arithmetic is decimal and exact; only {@code average} is
 * rounded, to 34 significant digits, half to even. Numbers may have 400 digits before and 400
 * behind their point, which holds every double: beyond that a short number such as {@code
 * 1e999999999} would stand for a gigabyte of digits, and no reader takes a result that long.
 *
 * <p>Words are what stands between characters with Unicode's White_Space property; that is the
 * count of {@code wc -w} for ordinary text. Unlike {@link Character#isWhitespace}, the property
 * includes no-break spaces.
 */
public final class BuiltInOperations {
  /** Digits before and after the point: two such numbers' sum stays below 1,000 characters. */
  private static final int MAX_DIGITS = 400;

  private static final String NUMBERS = "numbers";
  private static final String TEXT = "text";

  private static final Map<String, Operation> ALL = operations();

  private BuiltInOperations() {}

  /** All eight by their names; immutable. */
  public static Map<String, Operation> all() {
    return ALL;
  }

  private static Map<String, Operation> operations() {
    Map<String, Operation> all = new LinkedHashMap<>();
    all.put("sum", task -> plain(sum(numbers(task))));
    all.put("average", task -> plain(average(someNumbers(task))));
    all.put("max", task -> plain(someNumbers(task).stream().reduce(BigDecimal::max).orElseThrow()));
    all.put("min", task -> plain(someNumbers(task).stream().reduce(BigDecimal::min).orElseThrow()));
    all.put("count_words", task -> countWords(task.text(TEXT)));
    all.put("count_chars", task -> countChars(task.text(TEXT)));
    all.put("uppercase", task -> task.text(TEXT).toUpperCase(Locale.ROOT));
    all.put("lowercase", task -> task.text(TEXT).toLowerCase(Locale.ROOT));
    return Collections.unmodifiableMap(all);
  }

  private static List<BigDecimal> numbers(TaskContext task) throws OperationException {
    List<BigDecimal> bounded = new ArrayList<>();
    for (BigDecimal number : task.numbers(NUMBERS)) {
      BigDecimal plain = number.stripTrailingZeros();
      long digitsBefore = (long) plain.precision() - plain.scale();
      if (digitsBefore > MAX_DIGITS || plain.scale() > MAX_DIGITS) {
        throw OperationException.badInput(
            NUMBERS, "a number has more than " + MAX_DIGITS + " digits before or after its point");
      }
      bounded.add(plain);
    }
    return bounded;
  }

  private static List<BigDecimal> someNumbers(TaskContext task) throws OperationException {
    List<BigDecimal> numbers = numbers(task);
    if (numbers.isEmpty()) {
      throw OperationException.badInput(NUMBERS, "there must be at least one");
    }
    return numbers;
  }

  private static BigDecimal sum(List<BigDecimal> numbers) {
    return numbers.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal average(List<BigDecimal> numbers) {
    return sum(numbers).divide(BigDecimal.valueOf(numbers.size()), MathContext.DECIMAL128);
  }

  /** All digits, no exponent, no trailing zeros: 100 and not 1E+2. */
  private static RawJson plain(BigDecimal value) {
    return RawJson.of(value.stripTrailingZeros().toPlainString());
  }

  private static int countChars(String text) {
    return text.codePointCount(0, text.length());
  }

  /** Counts the words of a text. */
  static long countWords(String text) {
    long words = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      // White_Space has no characters beyond the basic plane.
      boolean space = isWhiteSpace(text.charAt(i));
      if (!space && !inWord) {
        words++;
      }
      inWord = !space;
    }
    return words;
  }

  /** The White_Space property of Unicode, which has not changed since version 6.3. */
  private static boolean isWhiteSpace(char c) {
    return switch (c) {
      case ' ', '\u0085', '\u00a0', '\u1680', '\u2028', '\u2029', '\u202f', '\u205f', '\u3000' ->
          true;
      default -> (c >= '\t' && c <= '\r') || (c >= '\u2000' && c <= '\u200a');
    };
  }
}
