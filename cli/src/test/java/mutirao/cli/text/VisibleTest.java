package mutirao.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others say cannot take over a terminal (SEC-18). */
class VisibleTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "\u001b[31mred,␛[31mred",
        "\u0000,␀",
        "a\tb,a␉b",
        "bell\u0007,bell␇",
        "del\u007f,del␡",
        "c1\u009b31m,c1\\u009b31m",
        "nel\u0085,nel\\u0085",
        "rlo\u202egnp.exe,rlo\\u202egnp.exe",
        "iso\u2066x\u2069,iso\\u2066x\\u2069",
        "sep\u2028\u2029,sep\\u2028\\u2029",
        "half\ud800,half\\ud800",
      })
  void controlCharactersAreShown(String text, String shown) {
    assertEquals(shown, Visible.line(text));
  }

  @Test
  void lineBreaksAreShownOnALine() {
    assertEquals("a␍␊b", Visible.line("a\r\nb"));
  }

  @Test
  void layoutStaysInSeveralLines() {
    assertEquals("a␍\n\tb␛", Visible.lines("a\r\n\tb\u001b"));
  }

  @Test
  void ordinaryTextStaysAsItIs() {
    String text = "Olá, João! 你好 👨‍👩‍👧 سلام‌ها \u200e";
    assertSame(text, Visible.line(text));
  }

  /** Every code point there is: what stays is no control, and nothing else was changed. */
  @Test
  void noControlCharacterIsLeftOver() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      String text = Character.toString(codePoint);
      String shown = Visible.line(text);
      if (shown.equals(text)) {
        assertEquals(false, Character.isISOControl(codePoint), Integer.toHexString(codePoint));
      } else {
        assertEquals(
            true, shown.codePoints().noneMatch(Character::isISOControl), "of " + codePoint);
      }
    }
  }
}
