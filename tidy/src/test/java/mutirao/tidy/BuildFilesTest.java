package mutirao.tidy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mutirao.tidy.rules.Findings;
import mutirao.tidy.tree.ProjectTree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildFilesTest {
  private static final Pattern OWN_VERSION =
      Pattern.compile("</artifactId>\\s*<version>(?!\\$\\{project\\.version\\})");

  /** Lines that begin with it: those of other commands stand behind a pattern. */
  private static final Pattern OPTIONS = Pattern.compile("(?m)^ *options=['\"](.*?)['\"]");

  private final ProjectTree tree = ProjectTree.here();

  @ParameterizedTest
  @ValueSource(strings = {"mutirao", "mvnw", ".ci/run"})
  void scriptsCanBeStarted(String script) {
    assertTrue(Files.isExecutable(tree.root().resolve(script)), script);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mutirao", "mvnw", ".mvn/find-jdk.sh"})
  void scriptsAreReadByThePlainShell(String script) throws Exception {
    assertEquals("", complaints("sh", "-n", script));
  }

  @Test
  void versionsStandInTheParentAlone() {
    Findings.none(
        tree.modules().stream()
            .map(module -> module + "/pom.xml")
            .filter(pom -> hasOwnVersion(tree.text(pom)))
            .map(pom -> pom + " pins a version; that belongs into the parent's management")
            .toList());
  }

  @Test
  void noticesVersionsElsewhere() {
    String parent = "<parent><artifactId>p</artifactId><version>1.0.0</version></parent>";

    assertEquals(false, hasOwnVersion(parent + "<artifactId>a</artifactId>"));
    assertEquals(true, hasOwnVersion(parent + "<artifactId>a</artifactId>\n <version>2</version>"));
  }

  @Test
  void everyModuleIsBuilt() {
    String parent = tree.text("pom.xml");

    Findings.none(
        tree.modules().stream()
            .filter(module -> !parent.contains("<module>" + module + "</module>"))
            .map(module -> module + " is not among the modules of pom.xml")
            .toList());
  }

  /** What is measured is what users start. */
  @Test
  void theBenchStartsServersWithTheLaunchersOptions() {
    String bench = tree.text("bench/src/main/java/mutirao/bench/Bench.java");

    Findings.none(
        optionsOfServers(tree.text("mutirao"))
            .filter(option -> !bench.contains(option))
            .map(option -> "the bench starts servers without " + option)
            .toList());
  }

  @Test
  void theLaunchersOptionsAreFound() {
    String launcher =
        """
        options='-a --b=c'
        options="$options -d"
        case $command in
          server | demo)
            options="$options -e -f" ;;
          *) options="$options -g" ;;
        """;

    assertEquals(List.of("-a", "--b=c", "-d", "-e", "-f"), optionsOfServers(launcher).toList());
  }

  private static Stream<String> optionsOfServers(String launcher) {
    return OPTIONS
        .matcher(launcher)
        .results()
        .flatMap(line -> Stream.of(line.group(1).split(" ")))
        .filter(option -> option.startsWith("-"));
  }

  private static boolean hasOwnVersion(String pom) {
    return OWN_VERSION.matcher(pom.replaceFirst("(?s)<parent>.*?</parent>", "")).find();
  }

  private String complaints(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(tree.root().toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    return output;
  }
}
