package mutirao.tidy.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The project's files as they lie on disk, without what builds and editors put beside them. */
public final class ProjectTree {
  private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", ".vscode");
  private static final ProjectTree HERE = new ProjectTree(findRoot(Path.of("").toAbsolutePath()));

  private final Path root;
  private final List<String> files;
  private @Nullable List<JavaSource> javaSources;

  /** The tree below {@code root}. */
  public ProjectTree(Path root) {
    this.root = root;
    this.files = list(root);
  }

  /** The tree that this test is part of. */
  public static ProjectTree here() {
    return HERE;
  }

  /** Where it begins. */
  public Path root() {
    return root;
  }

  /** All files, relative to the root, with slashes, sorted. */
  public List<String> files() {
    return files;
  }

  /** Those files whose names end so. */
  public List<String> filesEndingWith(String suffix) {
    return files.stream().filter(file -> file.endsWith(suffix)).toList();
  }

  /** Every Java file, parsed. */
  public synchronized List<JavaSource> javaSources() {
    if (javaSources == null) {
      javaSources = JavaSource.parse(filesEndingWith(".java"), this::text);
    }
    return javaSources;
  }

  /** The modules: folders with a {@code pom.xml}. */
  public List<String> modules() {
    return files.stream()
        .filter(file -> file.matches("[^/]+/pom\\.xml"))
        .map(file -> file.substring(0, file.indexOf('/')))
        .toList();
  }

  /** What stands in {@code file}, as UTF-8. */
  public String text(String file) {
    return new String(bytes(file), UTF_8);
  }

  /** What stands in {@code file}. */
  public byte[] bytes(String file) {
    try {
      return Files.readAllBytes(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path findRoot(Path start) {
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("mvnw"))) {
        return folder;
      }
    }
    throw new IllegalStateException("no project around " + start);
  }

  private static List<String> list(Path root) {
    List<String> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              boolean skip = NOT_OURS.contains(String.valueOf(folder.getFileName()));
              return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              found.add(root.relativize(file).toString().replace('\\', '/'));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(null);
    return List.copyOf(found);
  }
}
