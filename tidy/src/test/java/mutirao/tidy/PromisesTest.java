package mutirao.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mutirao.tidy.tree.ProjectTree;
import org.junit.jupiter.api.Test;

/** The promises name the tests that prove them; those must be there. */
class PromisesTest {
  private static final String PAGE = "docs/promises.md";
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final Pattern PROMISE = Pattern.compile("(?m)^\\| ([TMCO]\\d+) \\|");

  private final ProjectTree tree = ProjectTree.here();

  @Test
  void everyNamedTestExists() {
    List<String> missing = new ArrayList<>();
    Matcher named = NAMED.matcher(tree.text(PAGE));
    while (named.find()) {
      if (!isThere(named.group(1), named.group(2))) {
        missing.add(named.group());
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(!isThere("PromisesTest", "noSuchTest"));
  }

  @Test
  void everyPromiseIsOnThePage() {
    List<String> promises =
        PROMISE.matcher(tree.text(PAGE)).results().map(found -> found.group(1)).toList();
    assertEquals(
        List.of(
            "T1", "T2", "T3", "T4", "T5", "T6", "T7", "M1", "M2", "M3", "M4", "M5", "M6", "M7",
            "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "C10", "C11", "O1", "O2", "O3",
            "O4"),
        promises);
  }

  private boolean isThere(String test, String method) {
    return tree.files().stream()
        .filter(file -> file.endsWith("/" + test + ".java"))
        .anyMatch(file -> tree.text(file).contains(" void " + method + "("));
  }
}
