package mutirao.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mutirao.tidy.rules.Findings;
import mutirao.tidy.rules.Habits;
import mutirao.tidy.rules.LookupOnly;
import mutirao.tidy.rules.Sizes;
import mutirao.tidy.tree.JavaSource;
import mutirao.tidy.tree.ProjectTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
  private static final String MAIN = "core/src/main/java/mutirao/core/Bad.java";
  private static final String TEST = "core/src/test/java/mutirao/core/BadTest.java";

  private final List<JavaSource> sources = ProjectTree.here().javaSources();

  @Test
  void sizesHold(TestReporter reporter) {
    String report = Sizes.report(sources);
    reporter.publishEntry("sizes", report);
    System.out.println(report);

    Findings.none(Sizes.violations(sources));
  }

  @Test
  void habitsAreKept() {
    Findings.none(sources.stream().flatMap(source -> Habits.violations(source).stream()).toList());
  }

  @Test
  void unorderedCollectionsAreOnlyLookedUpIn() {
    Findings.none(
        sources.stream()
            .filter(LookupOnly::appliesTo)
            .flatMap(source -> LookupOnly.violations(source).stream())
            .toList());
  }

  @Test
  void everyMainPackageIsNullMarked() {
    List<String> marked =
        sources.stream()
            .filter(source -> source.isPackageInfo() && source.text().contains("@NullMarked"))
            .map(JavaSource::folder)
            .toList();
    Findings.none(
        sources.stream()
            .filter(JavaSource::isMain)
            .map(JavaSource::folder)
            .distinct()
            .filter(folder -> !marked.contains(folder))
            .map(folder -> folder + " has no package-info.java with @NullMarked")
            .toList());
  }

  @Test
  void noticesWhatIsTooLarge() {
    noticesSize("class Bad {" + "\n".repeat(400) + "}", "401 lines; at most 400");
    noticesSize("class Bad { void m() {" + "\n".repeat(70) + "} }", "m has 71 lines");
    noticesSize(
        "class Bad { Bad(int a, int b, int c, int d, int e, int f, int g, int h) {} }", "8 arg");
    noticesSize("class Bad {\n" + "int a;\n".repeat(4_000) + "}", "core has 4002 lines of code");
    noticesSize("class Bad { " + "\n".repeat(110) + " }", "median main file has 111");
    noticesSize("class Bad { void m() {" + "\n".repeat(30) + "} }", "95th percentile");
    List<JavaSource> crowd =
        IntStream.rangeClosed(1, 15)
            .mapToObj(
                n -> JavaSource.of("core/src/main/java/mutirao/core/C" + n + ".java", "class C {}"))
            .toList();
    assertEquals(
        List.of(
            "core/src/main/java/mutirao/core has 15 files; at most 14: split it by what it is"
                + " about"),
        Sizes.violations(crowd));
  }

  @Test
  void letsPassWhatIsNotTooLarge() {
    String comments = "/* a\n" + "b\n".repeat(50) + "*/\n// c\n";
    String text =
        "record Good(int a, int b, int c, int d, int e, int f, int g, int h) {\n"
            + comments
            + "Good(int a, int b, int c, int d, int e, int f, int g, int h) { this(); } }";
    assertEquals(List.of(), Sizes.violations(List.of(JavaSource.of(MAIN, text))));
    assertTrue(Sizes.report(List.of(JavaSource.of(MAIN, text))).endsWith("core 2 lines of code"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@Disabled class Bad {}",
        "class Bad { @org.junit.jupiter.api.Disabled(\"later\") void t() {} }",
        "class Bad { @EnabledOnOs(LINUX) void t() {} }",
        "class Bad { @Ignore void t() {} }",
        "import static org.junit.jupiter.api.Assumptions.assumeTrue; class Bad {}",
        "class Bad { void t() { Thread.sleep(5); } }",
        "class Bad { void t() { TimeUnit.SECONDS.sleep(5); } }",
        "class Bad { void t() { LockSupport.parkNanos(5); } }",
        "class Bad { String t(String s) { return String.format(s, 1); } }",
        "class Bad { String t(String s) { return String.format(Locale.ROOT, \"x\" + s, 1); } }",
        "class Bad { String t(String s) { return s.formatted(1); } }",
        "class Bad { void t(String s) { System.out.printf(s); } }",
      })
  void noticesBadHabits(String text) {
    assertEquals(1, Habits.violations(JavaSource.of(TEST, text)).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class Good { String t(String s) { return String.format(Locale.ROOT, \"x\" + \"y %s\", s);"
            + " } }",
        "class Good { String t(int i) { return \"%d\".formatted(i); } }",
        "class Good { void t() { System.out.printf(FORMAT, 1); } }",
        "class Good { void t() { MessageFormat.format(s, 1); done.await(5, SECONDS); } }",
      })
  void letsPassGoodHabits(String text) {
    assertEquals(List.of(), Habits.violations(JavaSource.of(TEST, text)));
  }

  @Test
  void noticesOrdinalInTheCoreOnly() {
    String text = "class Bad { int t(Thread.State s) { return s.ordinal(); } }";

    assertEquals(1, Habits.violations(JavaSource.of(MAIN, text)).size());
    assertEquals(0, Habits.violations(JavaSource.of(MAIN.replace("core", "sdk"), text)).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private final Map<String, String> m = new HashMap<>(); void t() { m.forEach((k, v) -> {});"
            + " }",
        "private final Map<String, String> m = new HashMap<>(); void t() { for (var v : m.values())"
            + " {} }",
        "private final Set<String> s; Bad() { this.s = new HashSet<>(); } void t() { s.iterator();"
            + " }",
        "private final Set<String> s = new HashSet<>(); void t() { for (String x : s) {} }",
        "private final Set<String> s = new HashSet<>(); Set<String> t() { return s; }",
        "private final Set<String> s = new HashSet<>(); Set<String> t() { return"
            + " List.copyOf(this.s); }",
        "private final Set<String> s = new HashSet<>(); void t() { var f = (Runnable) s::clear; }",
        "Map<String, String> m = new HashMap<>();",
        "void t(Map<String, Set<String>> m) { m.computeIfAbsent(\"a\", _ -> new HashSet<>()); }",
        "private final Map<String, String> m = new IdentityHashMap<>();",
        "Set<String> t() { return Set.of(\"a\", \"b\"); }",
        "Set<String> t(List<String> l) { return l.stream().collect(Collectors.toSet()); }",
      })
  void noticesUnorderedWalks(String member) {
    JavaSource bad = JavaSource.of(MAIN, "class Bad { " + member + " }");

    assertTrue(LookupOnly.appliesTo(bad));
    assertEquals(1, LookupOnly.violations(bad).size(), LookupOnly.violations(bad)::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "private final Map<String, String> m = new HashMap<>(); String t() { return m.get(\"a\");"
            + " }",
        "private final Set<String> s; Good() { this.s = new HashSet<>(); this.s.add(\"a\"); }",
        "Set<String> s = new LinkedHashSet<>(); void t() { for (String x : s) {} }",
        "Set<String> t() { return Set.of(); }",
      })
  void letsPassLookups(String member) {
    assertEquals(
        List.of(), LookupOnly.violations(JavaSource.of(MAIN, "class Good { " + member + " }")));
  }

  @Test
  void countsEveryLineOfTheTree() {
    String folders =
        sources.stream().map(JavaSource::module).distinct().collect(Collectors.joining(" "));

    assertTrue(
        Stream.of("protocol", "core", "server", "sdk", "cli", "tidy").allMatch(folders::contains),
        folders);
  }

  private static void noticesSize(String text, String expected) {
    List<String> findings = Sizes.violations(List.of(JavaSource.of(MAIN, text)));

    assertTrue(
        findings.stream().anyMatch(finding -> finding.contains(expected)), findings::toString);
  }
}
