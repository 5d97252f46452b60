package mutirao.tidy.rules;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import mutirao.tidy.tree.JavaSource;
import org.jspecify.annotations.Nullable;

/** A walk through one file that writes down what it does not like. Used once. */
abstract class TreeRule extends TreePathScanner<@Nullable Void, @Nullable Void> {
  private final JavaSource source;
  private final List<String> findings = new ArrayList<>();

  TreeRule(JavaSource source) {
    this.source = source;
  }

  /** Walks the file. */
  final List<String> findings() {
    scan(source.unit(), null);
    return List.copyOf(findings);
  }

  final JavaSource source() {
    return source;
  }

  final void found(Tree where, String what) {
    findings.add(source.at(where) + ": " + what);
  }

  /** The last word of a name: {@code sleep} of {@code Thread.sleep}; empty for what has no name. */
  static String lastName(@Nullable Tree expression) {
    return switch (expression) {
      case IdentifierTree identifier -> identifier.getName().toString();
      case MemberSelectTree select -> select.getIdentifier().toString();
      case null, default -> "";
    };
  }

  /** The last word of what a method is called on; empty where it is called on nothing. */
  static String receiverName(ExpressionTree method) {
    return method instanceof MemberSelectTree select ? lastName(select.getExpression()) : "";
  }
}
