package mutirao.tidy.rules;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mutirao.tidy.tree.JavaSource;
import org.jspecify.annotations.Nullable;

/** Sizes as ratchets: they may shrink. Splitting what grew beats raising a number. */
public final class Sizes {
  private static final int FILE_LINES = 400;
  private static final int FILE_LINES_MEDIAN = 110;
  private static final int METHOD_LINES = 70;
  private static final int METHOD_LINES_P95 = 30;
  private static final int CONSTRUCTOR_ARGUMENTS = 7;
  private static final int PACKAGE_FILES = 14;
  private static final int CORE_CODE_LINES = 4000;

  private Sizes() {}

  /** What is larger than it may be. */
  public static List<String> violations(List<JavaSource> sources) {
    List<String> findings = new ArrayList<>();
    for (JavaSource source : sources) {
      if (source.lines() > FILE_LINES) {
        findings.add(over(source.path(), source.lines(), FILE_LINES, "lines"));
      }
      findings.addAll(new Methods(source).findings());
    }
    filesByFolder(sources)
        .forEach(
            (folder, files) -> {
              if (files > PACKAGE_FILES) {
                findings.add(over(folder, files, PACKAGE_FILES, "files"));
              }
            });
    int core = codeLines(sources.stream().filter(Sizes::isCore).toList());
    if (core > CORE_CODE_LINES) {
      findings.add(over("core", core, CORE_CODE_LINES, "lines of code"));
    }
    int median = percentile(fileLines(sources), 50);
    if (median > FILE_LINES_MEDIAN) {
      findings.add(over("the median main file", median, FILE_LINES_MEDIAN, "lines"));
    }
    int p95 = percentile(methodLines(sources), 95);
    if (p95 > METHOD_LINES_P95) {
      findings.add(over("the 95th percentile of main methods", p95, METHOD_LINES_P95, "lines"));
    }
    return findings;
  }

  /** The figures, for people. */
  public static String report(List<JavaSource> sources) {
    int[] files = fileLines(sources);
    int[] methods = methodLines(sources);
    return ("main: %d files, median %d lines, longest %d; "
            + "%d methods, median %d lines, p95 %d, longest %d; core %d lines of code")
        .formatted(
            files.length,
            percentile(files, 50),
            percentile(files, 100),
            methods.length,
            percentile(methods, 50),
            percentile(methods, 95),
            percentile(methods, 100),
            codeLines(sources.stream().filter(Sizes::isCore).toList()));
  }

  private static boolean isCore(JavaSource source) {
    return source.isMain() && source.module().equals("core");
  }

  private static String over(String what, int is, int most, String unit) {
    return what
        + " has "
        + is
        + " "
        + unit
        + "; at most "
        + most
        + ": split it by what it is about";
  }

  private static Map<String, Integer> filesByFolder(List<JavaSource> sources) {
    return sources.stream()
        .filter(source -> !source.isPackageInfo())
        .collect(
            Collectors.groupingBy(JavaSource::folder, TreeMap::new, Collectors.summingInt(_ -> 1)));
  }

  private static int[] fileLines(List<JavaSource> sources) {
    return sources.stream()
        .filter(source -> source.isMain() && !source.isPackageInfo())
        .mapToInt(JavaSource::lines)
        .sorted()
        .toArray();
  }

  private static int[] methodLines(List<JavaSource> sources) {
    List<Integer> lines = new ArrayList<>();
    for (JavaSource source : sources) {
      if (source.isMain()) {
        Methods methods = new Methods(source);
        methods.findings();
        lines.addAll(methods.lines);
      }
    }
    return lines.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  private static int percentile(int[] sorted, int percent) {
    return sorted.length == 0 ? 0 : sorted[Math.ceilDiv(sorted.length * percent, 100) - 1];
  }

  /**
   * Lines that are neither empty nor comment; formatted sources need no more than a look at starts.
   */
  private static int codeLines(List<JavaSource> sources) {
    return sources.stream().mapToInt(source -> codeLines(source.text())).sum();
  }

  private static int codeLines(String text) {
    int code = 0;
    boolean comment = false;
    for (String line : text.lines().map(String::strip).toList()) {
      comment |= line.startsWith("/*");
      if (!comment && !line.isEmpty() && !line.startsWith("//")) {
        code++;
      }
      comment &= !line.contains("*/");
    }
    return code;
  }

  /** Measures methods from their first modifier or annotation to their last brace. */
  private static final class Methods extends TreeRule {
    private final List<Integer> lines = new ArrayList<>();

    Methods(JavaSource source) {
      super(source);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      int length = Math.toIntExact(source().lastLine(method) - source().firstLine(method) + 1);
      lines.add(length);
      String name = method.getName().toString();
      if (length > METHOD_LINES) {
        found(method, over(name, length, METHOD_LINES, "lines"));
      }
      int arguments = method.getParameters().size();
      if (name.equals("<init>") && arguments > CONSTRUCTOR_ARGUMENTS && !inRecord()) {
        found(method, over("a constructor", arguments, CONSTRUCTOR_ARGUMENTS, "arguments"));
      }
      return super.visitMethod(method, null);
    }

    private boolean inRecord() {
      return getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
          && type.getKind() == Tree.Kind.RECORD;
    }
  }
}
