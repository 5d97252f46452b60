package mutirao.archive.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Text as the index sees it, and words as a query that the index cannot misread. Pictographs and
 * the scripts that write no spaces are taken sign by sign, both when indexed and when asked for: a
 * word of several signs is then a phrase.
 */
final class SearchText {
  /** More than anybody asks for, and few enough for a query. */
  static final int MAX_QUERY_WORDS = 32;

  /** Below it there are no marks, no signs that stand alone, and nothing to be changed. */
  private static final int PLAIN = 0x80;

  private SearchText() {}

  /** The searchable form of {@code text}. */
  static String indexed(String text) {
    // Every row goes through here: a loop, because a stream takes several times as long.
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= PLAIN) {
        return spaced(text);
      }
    }
    return text;
  }

  private static String spaced(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (standsAlone(c)) {
                out.append(' ').appendCodePoint(c).append(' ');
              } else if (isMark(c) || Character.isLetterOrDigit(c)) {
                out.appendCodePoint(c);
              } else {
                out.append(' ');
              }
            });
    return out.toString();
  }

  /** A query for what holds every word, each a quoted string; null where there is none. */
  static @Nullable String query(String words) {
    List<String> quoted = words(words);
    return quoted.isEmpty()
        ? null
        : String.join(" AND ", quoted.subList(0, Math.min(quoted.size(), MAX_QUERY_WORDS)));
  }

  /** The words that can be looked for, quoted. */
  static List<String> words(String words) {
    List<String> quoted = new ArrayList<>();
    for (String word : words.split("\\s+")) {
      String clean = spaced(word).strip();
      if (clean.codePoints().anyMatch(c -> Character.isLetterOrDigit(c) || standsAlone(c))) {
        quoted.add('"' + clean + (word.endsWith("*") ? "\"*" : "\""));
      }
    }
    return quoted;
  }

  private static boolean standsAlone(int c) {
    if (c < PLAIN) {
      return false;
    }
    if (Character.getType(c) == Character.OTHER_SYMBOL) {
      return true;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA -> Character.isLetter(c);
      default -> false;
    };
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}
