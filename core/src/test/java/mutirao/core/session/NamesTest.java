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
  void aKeyIsItsOwnKey() {
    for (String name : new String[] {"Ana", "Straße", "jose\u0301", "İstanbul", "ΣΊΣΥΦΟΣ"}) {
      String key = Names.key(name);
      assertEquals(key, Names.key(key), name);
    }
  }
}
