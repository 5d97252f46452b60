package mutirao.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import mutirao.tidy.rules.Documents;
import mutirao.tidy.rules.Findings;
import mutirao.tidy.tree.ProjectTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
  private static final String DECISIONS = "docs/decisions/README.md";

  private final ProjectTree tree = ProjectTree.here();
  private final Documents documents =
      new Documents(path -> Files.exists(tree.root().resolve(path)), tree::text);

  @Test
  void whatDocumentsNameExists() {
    Findings.none(
        tree.filesEndingWith(".md").stream()
            .flatMap(document -> documents.violations(document).stream())
            .toList());
  }

  @Test
  void everyDecisionIsInTheIndex() {
    Findings.none(documents.notIn(DECISIONS, tree.files()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "README.pt-BR.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "LICENSE",
        "docs/protocol.md",
        "docs/limits.md",
        "docs/testing.md",
        DECISIONS,
      })
  void documentIsThere(String document) {
    assertTrue(tree.files().contains(document), document);
  }

  @ParameterizedTest
  @CsvSource({
    "README.md, ./mutirao demo",
    "README.md, ./mvnw verify",
    "README.pt-BR.md, ./mutirao demo",
    "README.pt-BR.md, ./mvnw verify",
  })
  void readmeTellsTheTwoCommands(String readme, String command) {
    assertTrue(tree.text(readme).lines().anyMatch(command::equals), readme + ": " + command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no title",
        "# one\n# two",
        "# t\n[x](gone.md)",
        "# t\n![x](images/gone.png)",
        "# t\n<img src=\"gone.png\">",
        "# t\n[x]\n\n[x]: gone.md",
        "# t\n[x](../README.md#no-such-heading)",
        "# t\n[x](#no-such-heading)",
        "# t\nsee `core/src/Gone.java`",
        "# t\nsee `./gone --now`",
        "# t\nsee `docs/gone.md`, too",
      })
  void noticesWhatIsNotSo(String text) {
    assertEquals(1, violations(text).size(), violations(text)::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# t\n[x](../README.md) [y](../README.md#the-title-of-it) [z](https://example.org/gone)",
        "# t\n## Is it `so`?\n[x](#is-it-so)",
        "# t\n```\n# not a title\n[x](gone.md)\n```",
        "# t\n`core/src`, `./README.md`, `text/plain`, `[x](gone.md)`, `1/2`",
      })
  void letsPassWhatIsSo(String text) {
    assertEquals(List.of(), violations(text));
  }

  @Test
  void noticesWhatIsNotInTheIndex() {
    Documents index = new Documents(_ -> true, _ -> "# Index\n[one](one.md)");

    assertEquals(
        List.of("docs/README.md: has no link to docs/two.md"),
        index.notIn("docs/README.md", List.of("docs/README.md", "docs/one.md", "docs/two.md")));
  }

  private static List<String> violations(String text) {
    Map<String, String> files =
        Map.of("docs/page.md", text, "README.md", "# The title, of it", "core/src", "", "core", "");
    List<String> folders = List.of("docs", "");
    return new Documents(
            path -> files.containsKey(path) || folders.contains(path),
            path -> files.getOrDefault(path, ""))
        .violations("docs/page.md");
  }
}
