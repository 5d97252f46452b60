package mutirao.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MessagesTest {
  private static final Locale PORTUGUESE = Locale.of("pt", "BR");
  private static final ResourceBundle ENGLISH_BUNDLE = bundle(Locale.ROOT);
  private static final ResourceBundle PORTUGUESE_BUNDLE = bundle(PORTUGUESE);

  private static ResourceBundle bundle(Locale locale) {
    return ResourceBundle.getBundle(
        "mutirao.protocol.messages",
        locale,
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  @Test
  void everySentenceIsThereInBothLanguagesWithTheSamePlaces() {
    assertEquals(ENGLISH_BUNDLE.keySet(), PORTUGUESE_BUNDLE.keySet());
    int translated = 0;
    for (String key : PORTUGUESE_BUNDLE.keySet()) {
      String english = ENGLISH_BUNDLE.getString(key);
      String portuguese = PORTUGUESE_BUNDLE.getString(key);
      translated += english.equals(portuguese) ? 0 : 1;
      int places = new MessageFormat(english).getFormatsByArgumentIndex().length;
      assertEquals(places, new MessageFormat(portuguese).getFormatsByArgumentIndex().length, key);
      for (Locale locale : List.of(Locale.ENGLISH, PORTUGUESE)) {
        String sentence = Messages.text(locale, key, "one", "two", "three");
        assertFalse(sentence.contains("{"), sentence);
        assertFalse(sentence.contains("''"), sentence);
      }
    }
    // What Portuguese lacks, its bundle answers in English.
    assertEquals(ENGLISH_BUNDLE.keySet().size(), translated);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyErrorCodeHasASentence(ErrorCode code) {
    assertTrue(ENGLISH_BUNDLE.containsKey(code.wireName()));
    assertTrue(ENGLISH_BUNDLE.containsKey("title." + code.wireName()));
  }

  @ParameterizedTest
  @CsvSource({
    "joined, ana joined, ana entrou",
    "left, ana left, ana saiu",
    "room_joined, ana entered the room obras, ana entrou na sala obras",
    "room_left, ana left the room obras, ana saiu da sala obras",
    "name_taken, the name 'ana' is in use, o nome 'ana' está em uso",
  })
  void saysIt(String key, String english, String portuguese) {
    assertEquals(english, Messages.text(Locale.ENGLISH, key, "ana", "obras"));
    assertEquals(portuguese, Messages.text(PORTUGUESE, key, "ana", "obras"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pt-BR", "pt", "pt-PT", "PT-br", "pt_BR"})
  void speaksPortuguese(String lang) {
    assertEquals(PORTUGUESE, Messages.locale(lang));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "en", "en-US", "de", "x", "p", "ptx", "{0}", "pt BR", "\0"})
  void speaksEnglishOtherwise(String lang) {
    assertEquals(Locale.ENGLISH, Messages.locale(lang));
  }

  @Test
  void aStrangersWordIsNoPattern() {
    assertEquals(
        "the name '{0} '' {1' is in use", Messages.text(Locale.ENGLISH, "name_taken", "{0} '' {1"));
  }

  @Test
  void theErrorFrameCarriesAllThatTheProblemKnows() {
    RawJson ref = RawJson.of("7");
    Problem problem =
        new Problem(ErrorCode.MALFORMED, "malformed.depth", List.of(64, 1234L), null, 1234L, ref);
    assertEquals(
        new ServerFrame.Error(
            ref,
            ErrorCode.MALFORMED,
            "mais de 64 níveis de aninhamento (byte 1.234)",
            null,
            1234L,
            null,
            null),
        Messages.error(PORTUGUESE, problem));
    assertEquals(
        new ServerFrame.Error(
            null, ErrorCode.INVALID, "'name' is missing", "name", null, null, null),
        Messages.error(
            Locale.ENGLISH,
            Problem.field(null, ErrorCode.INVALID, "name", "invalid.missing", "name")));
  }

  @Test
  void aSentenceThatIsMissingIsABug() {
    assertThrows(
        MissingResourceException.class, () -> Messages.text(Locale.ENGLISH, "no such sentence"));
  }
}
