package mutirao.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import mutirao.tidy.tree.ProjectTree;
import org.junit.jupiter.api.Test;

/** Every case of docs/security.md names the tests that prove it, and these name their case. */
class SecurityCasesTest {
  private static final String PAGE = "docs/security.md";
  private static final Pattern CASE =
      Pattern.compile("(?m)^\\| (SEC-\\d\\d) \\|[^|]*\\|([^|]*)\\|$");
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
  private static final int CASES = 20;

  private final ProjectTree tree = ProjectTree.here();

  @Test
  void everyCaseIsOnThePage() {
    assertEquals(
        IntStream.rangeClosed(1, CASES).mapToObj("SEC-%02d"::formatted).toList(),
        CASE.matcher(tree.text(PAGE)).results().map(row -> row.group(1)).toList());
  }

  @Test
  void everyCaseNamesTestsThatAreThereAndSayWhichCaseTheyAre() {
    List<String> findings = new ArrayList<>();
    CASE.matcher(tree.text(PAGE))
        .results()
        .forEach(row -> look(row.group(1), row.group(2), findings));
    assertEquals(List.of(), findings);
  }

  @Test
  void noticesWhatIsNotThere() {
    List<String> findings = new ArrayList<>();
    look("SEC-01", "`SecurityCasesTest.noSuchTest`", findings);
    look("SEC-01", "soon", findings);
    look("SEC-" + "99", "`SecurityCasesTest.noticesWhatIsNotThere`", findings);
    assertEquals(3, findings.size(), findings.toString());
    assertTrue(findings.getFirst().contains("noSuchTest"));
  }

  private void look(String name, String proofs, List<String> findings) {
    Matcher named = NAMED.matcher(proofs);
    boolean any = proofs.contains("not yet");
    while (named.find()) {
      any = true;
      String test = named.group(1);
      String method = named.group(2);
      List<String> holders =
          tree.files().stream()
              .filter(file -> file.endsWith("/" + test + ".java"))
              .map(tree::text)
              .filter(
                  text ->
                      text.contains(" void " + method + "(") || text.contains("> " + method + "("))
              .toList();
      String inMethod = name.toLowerCase(Locale.ROOT).replace("-", "");
      if (holders.isEmpty()) {
        findings.add(name + ": there is no " + named.group());
      } else if (holders.stream()
          .noneMatch(text -> text.contains(name) || method.startsWith(inMethod))) {
        findings.add(name + ": " + named.group() + " does not say so");
      }
    }
    if (!any) {
      findings.add(name + " names no test");
    }
  }
}
