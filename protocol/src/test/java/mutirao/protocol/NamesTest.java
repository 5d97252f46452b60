package mutirao.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "ana", "João", "日本語", "Жук", "𐐀", "x.y_z-9", "...", "٣"})
  void lettersDigitsAndSomePunctuationAreNames(String name) {
    assertEquals(name, Names.normalize(name));
    assertEquals(name, Names.normalizeOperation(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "a\n", "\0", "@", "a,b", "😀", "\u200b", "\ud800", "\u0301"})
  void othersAreNot(String name) {
    assertNull(Names.normalize(name));
    assertNull(Names.normalizeOperation(name));
  }

  @Test
  void operationsMayHaveColonsAndSlashes() {
    assertEquals("a:b/c", Names.normalizeOperation("a:b/c"));
    assertNull(Names.normalize("a:b"));
    assertNull(Names.normalize("a/b"));
  }

  @Test
  void namesAreComposedBeforeTheyAreCounted() {
    assertEquals("João", Names.normalize("Joa\u0303o"));
    assertEquals("á".repeat(64), Names.normalize("a\u0301".repeat(64)));
    assertNull(Names.normalize("a\u0301".repeat(65)));
  }

  @Test
  void lengthIsCountedInCharacters() {
    assertEquals("𐐀".repeat(64), Names.normalize("𐐀".repeat(64)));
    assertNull(Names.normalize("𐐀".repeat(65)));
    assertNull(Names.normalize("a".repeat(65)));
    assertEquals("a".repeat(128), Names.normalizeOperation("a".repeat(128)));
    assertNull(Names.normalizeOperation("a".repeat(129)));
    assertNull(Names.normalize("a\u0301".repeat(1_000_000)));
  }
}
