package mutirao.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

  @ParameterizedTest
  @CsvSource({
    "ana, ANA",
    "Ana, aNA",
    "straße, STRASSE",
    "straße, STRAẞE",
    "jose\u0301, josé",
    "ΣΊΣΥΦΟΣ, σίσυφος",
    "ﬁm, FIM",
    "Worker-1, worker-1",
  })
  void spellingsOfOneNameAreOneName(String one, String other) {
    assertEquals(Names.key(one), Names.key(other));
  }

  @ParameterizedTest
  @CsvSource({"ana, anna", "ana, anа", "jose, josé", "worker-1, worker_1"})
  void differentNamesStayDifferent(String one, String other) {
    assertNotEquals(Names.key(one), Names.key(other));
  }

  @Test
  void theMachinesLanguageDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.of("tr"));
      assertEquals("title", Names.key("TITLE"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aKeyIsItsOwnKeyWhateverTheNameIsMadeOf() {
    String[] beside = {"", "a", "\u0301", "\u0345", "\u0307", "ς", "Σ", "i", "\u03B9"};
    for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
      int type = Character.getType(c);
      // Letters of scripts without case are never folded.
      boolean cased = Character.isLetterOrDigit(c) && type != Character.OTHER_LETTER;
      if (cased || type == Character.NON_SPACING_MARK) {
        String letter = Character.toString(c);
        for (String other : beside) {
          assertStable(letter + other);
          assertStable(other + letter);
        }
      }
    }
  }

  private static void assertStable(String name) {
    String key = Names.key(name);
    assertEquals(key, Names.key(key), () -> "U+" + Integer.toHexString(name.codePointAt(0)));
  }
}
