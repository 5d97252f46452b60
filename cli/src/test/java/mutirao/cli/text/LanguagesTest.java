package mutirao.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
  private static final Map<String, String> BRAZIL = Map.of("LANG", "pt_BR.UTF-8");

  private static String wanted(Map<String, String> environment, String... arguments) {
    return Languages.wanted(arguments, environment).toLanguageTag();
  }

  @ParameterizedTest
  @CsvSource({
    "pt_BR.UTF-8, pt-BR",
    "pt_BR, pt-BR",
    "pt_PT@euro, pt-BR",
    "en_US.UTF-8, en",
    "de_DE.UTF-8, en",
    "C.UTF-8, en",
    "POSIX, en"
  })
  void theEnvironmentDecides(String lang, String tag) {
    assertEquals(tag, wanted(Map.of("LANG", lang)));
  }

  @Test
  void theStrongerVariableWins() {
    assertEquals("en", wanted(Map.of("LANG", "pt_BR", "LC_ALL", "C")));
    assertEquals("pt-BR", wanted(Map.of("LANG", "en_US", "LC_MESSAGES", "pt_BR")));
    assertEquals("pt-BR", wanted(Map.of("LANG", "pt_BR", "LC_ALL", "")));
  }

  @Test
  void theOptionWinsWhereverItStands() {
    assertEquals("en", wanted(BRAZIL, "chat", "--lang", "en"));
    assertEquals("pt-BR", wanted(Map.of("LANG", "en_US"), "--lang=pt-BR", "chat"));
    assertEquals("pt-BR", wanted(BRAZIL, "submit", "--", "--lang", "en"));
    assertEquals("pt-BR", wanted(BRAZIL, "chat", "--lang"));
    assertEquals("pt-BR", wanted(BRAZIL, "chat", "--lang", "klingon"));
  }
}
