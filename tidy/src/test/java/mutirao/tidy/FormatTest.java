package mutirao.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.googlejavaformat.java.FormatterException;
import java.util.List;
import mutirao.tidy.rules.Findings;
import mutirao.tidy.tree.ProjectTree;
import org.junit.jupiter.api.Test;

class FormatTest {
  @Test
  void everySourceIsFormatted() {
    ProjectTree tree = ProjectTree.here();

    Findings.none(
        tree.filesEndingWith(".java").parallelStream()
            .flatMap(file -> violations(file, tree.text(file)).stream())
            .sorted()
            .toList());
  }

  @Test
  void noticesWhatIsNotFormatted() {
    assertEquals(List.of(), violations("Good.java", "class Good {\n  int a;\n}\n"));
    assertEquals(1, violations("Bad.java", "class Bad {\n    int a;\n}\n").size());
    assertEquals(1, violations("Bad.java", "import java.util.List;\n\nclass Bad {}\n").size());
    assertEquals(1, violations("Bad.java", "class Bad {").size());
  }

  private static List<String> violations(String file, String text) {
    try {
      return FormatSources.format(text).equals(text)
          ? List.of()
          : List.of(file + " is not formatted; ./mvnw -q -Pformat does it");
    } catch (FormatterException e) {
      return List.of(file + " cannot be formatted: " + e.getMessage());
    }
  }
}
