package mutirao.tidy.rules;

import static org.junit.jupiter.api.Assertions.fail;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** Everything that is wrong, in one failure: whoever tidies up wants the whole list. */
public final class Findings {
  private Findings() {}

  /** Fails where there are any. */
  public static void none(List<String> findings) {
    if (!findings.isEmpty()) {
      fail(findings.size() + " findings:\n  " + String.join("\n  ", findings));
    }
  }

  /** What breaks {@code rule}, one line each, with the rule behind it. */
  static Stream<String> of(ArchRule rule, JavaClasses classes) {
    return rule.allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails().stream()
        .map(detail -> detail.replace("\n", " ") + " — " + rule.getDescription());
  }
}
