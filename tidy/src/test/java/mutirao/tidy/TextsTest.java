package mutirao.tidy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.stream.Stream;
import mutirao.tidy.rules.Findings;
import mutirao.tidy.rules.Texts;
import mutirao.tidy.tree.ProjectTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
  private static final String PORTUGUESE = "_pt_BR.properties";

  private final ProjectTree tree = ProjectTree.here();

  @Test
  void nothingIsLeftUnfinishedOrTiedToOneMachine() {
    Findings.none(
        tree.files().stream()
            .flatMap(file -> Texts.violations(file, textOrNothing(tree.bytes(file))).stream())
            .toList());
  }

  @Test
  void bundlesSayTheSameInBothLanguages() {
    List<String> bundles =
        tree.filesEndingWith(".properties").stream()
            .filter(file -> file.contains("/src/main/resources/"))
            .filter(file -> !file.endsWith(PORTUGUESE))
            .toList();

    assertFalse(bundles.isEmpty());
    Findings.none(bundles.stream().flatMap(this::differences).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "// TO" + "DO later",
        "x FIX" + "ME: y",
        "SPEED_PLACE" + "HOLDER",
        "cd /wor" + "k/main",
        "\"/roo" + "t/.m2\"",
        "see `/hom" + "e/ana/x`",
      })
  void noticesUnfinishedTexts(String text) {
    assertEquals(1, Texts.violations("a.md", text).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "todo o trabalho",
        "docs/wor" + "k/x",
        "https://a.org/hom" + "e/b",
        "~/wor" + "k/x"
      })
  void letsPassFinishedTexts(String text) {
    assertEquals(List.of(), Texts.violations("a.md", text));
  }

  @Test
  void noticesBundlesThatDiffer() {
    assertEquals(List.of(), Texts.differences("b", "a=x {0}", "a=y {0}"));
    assertEquals(1, Texts.differences("b", "a=x\nb=y", "a=x").size());
    assertEquals(1, Texts.differences("b", "a=x", "a=x\nb=y").size());
    assertEquals(1, Texts.differences("b", "a=x {0}", "a=x {1}").size());
  }

  private Stream<String> differences(String english) {
    String portuguese = english.replace(".properties", PORTUGUESE);
    return tree.files().contains(portuguese)
        ? Texts.differences(english, tree.text(english), tree.text(portuguese)).stream()
        : Stream.of(english + " has no Portuguese sibling");
  }

  /** Pictures and other bytes hold no text. */
  private static String textOrNothing(byte[] bytes) {
    for (byte b : bytes) {
      if (b == 0) {
        return "";
      }
    }
    return new String(bytes, UTF_8);
  }
}
