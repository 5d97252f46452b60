package mutirao.tidy.tree;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Class files for ArchUnit: the project's own, or of a few lines written to try a rule. */
public final class CompiledClasses {
  private static final JavaClasses MAIN = importMain(ProjectTree.here());

  private CompiledClasses() {}

  /** What every module compiled from {@code src/main/java}. */
  public static JavaClasses main() {
    return MAIN;
  }

  /**
   * Compiles {@code sources} (text by qualified name) into {@code folder} and reads the outcome.
   *
   * @throws IllegalArgumentException where they do not compile
   */
  public static JavaClasses of(Path folder, Map<String, String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> complaints = new DiagnosticCollector<>();
    List<Sample> inputs =
        sources.entrySet().stream().map(e -> new Sample(e.getKey(), e.getValue())).toList();
    List<String> options = List.of("-proc:none", "-d", folder.toString());
    if (!compiler.getTask(null, null, complaints, options, null, inputs).call()) {
      throw new IllegalArgumentException(complaints.getDiagnostics().toString());
    }
    return new ClassFileImporter().importPath(folder);
  }

  private static JavaClasses importMain(ProjectTree tree) {
    List<Path> folders =
        tree.modules().stream()
            .filter(module -> Files.isDirectory(tree.root().resolve(module + "/src/main/java")))
            .map(module -> tree.root().resolve(module + "/target/classes"))
            .toList();
    for (Path folder : folders) {
      if (!holdsClasses(folder)) {
        throw new IllegalStateException(
            folder + " is empty: these tests need all modules compiled, ./mvnw verify does it");
      }
    }
    return new ClassFileImporter().importPaths(folders);
  }

  private static boolean holdsClasses(Path folder) {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".class"));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + folder, e);
    }
  }

  private static final class Sample extends SimpleJavaFileObject {
    private final String text;

    Sample(String name, String text) {
      super(URI.create("mem:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
