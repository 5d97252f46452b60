package mutirao.tidy.tree;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One parsed Java file.
 *
 * @param path relative to the project's root, with slashes
 * @param text what stands in it
 * @param unit its tree, parsed but not attributed
 * @param positions where the tree's nodes stand
 */
public record JavaSource(
    String path, String text, CompilationUnitTree unit, SourcePositions positions) {

  /** Parses the files at {@code paths}; {@code texts} tells what stands in each. */
  public static List<JavaSource> parse(List<String> paths, UnaryOperator<String> texts) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<InMemory> inputs =
        paths.stream().map(path -> new InMemory(path, texts.apply(path))).toList();
    if (inputs.isEmpty()) {
      return List.of();
    }
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, _ -> {}, List.of("-proc:none"), null, inputs);
    SourcePositions positions = Trees.instance(task).getSourcePositions();
    List<JavaSource> parsed = new ArrayList<>();
    try {
      Iterator<InMemory> input = inputs.iterator();
      for (CompilationUnitTree unit : task.parse()) {
        InMemory from = input.next();
        parsed.add(new JavaSource(from.path, from.text, unit, positions));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return List.copyOf(parsed);
  }

  /** Parses one text, for trying a rule. */
  public static JavaSource of(String path, String text) {
    return parse(List.of(path), _ -> text).getFirst();
  }

  /** The folder below the root that it belongs to. */
  public String module() {
    return path.substring(0, path.indexOf('/'));
  }

  /** Whether it is part of the product (or of a tool) and not of a test. */
  public boolean isMain() {
    return path.contains("/src/main/");
  }

  /** The folder it lies in. */
  public String folder() {
    return path.substring(0, path.lastIndexOf('/'));
  }

  /** Whether it says something about a package only. */
  public boolean isPackageInfo() {
    return path.endsWith("/package-info.java");
  }

  /** How many lines it has. */
  public int lines() {
    return (int) text.lines().count();
  }

  /** The line where {@code tree} begins, from 1. */
  public long firstLine(Tree tree) {
    return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
  }

  /** The line where {@code tree} ends, from 1. */
  public long lastLine(Tree tree) {
    return unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
  }

  /** Where {@code tree} is, as an editor can jump to it. */
  public String at(Tree tree) {
    return path + ":" + firstLine(tree);
  }

  private static final class InMemory extends SimpleJavaFileObject {
    private final String path;
    private final String text;

    InMemory(String path, String text) {
      super(URI.create("mem:///" + path), JavaFileObject.Kind.SOURCE);
      this.path = path;
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
