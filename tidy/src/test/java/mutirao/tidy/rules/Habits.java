package mutirao.tidy.rules;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.VariableTree;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import mutirao.tidy.tree.JavaSource;
import org.jspecify.annotations.Nullable;

/** Habits that only the source shows: skipped tests, sleeps, built format strings. */
public final class Habits {
  private static final Set<String> SLEEPS =
      Set.of("sleep", "parkNanos", "parkUntil", "sleepUninterruptibly");
  private static final Set<String> SLEEPERS =
      Set.of("Thread", "LockSupport", "NANOSECONDS", "MICROSECONDS", "MILLISECONDS", "SECONDS");

  private Habits() {}

  /** What is wrong in {@code source}. */
  public static List<String> violations(JavaSource source) {
    return new Walk(source).findings();
  }

  private static final class Walk extends TreeRule {
    private final Set<String> constants = new HashSet<>();

    Walk(JavaSource source) {
      super(source);
    }

    /** A name for a literal is as good as the literal. */
    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void nothing) {
      if (variable.getInitializer() instanceof LiteralTree) {
        constants.add(variable.getName().toString());
      }
      return super.visitVariable(variable, null);
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void nothing) {
      String name = lastName(annotation.getAnnotationType());
      if (name.matches("(Disabled|Enabled(If|On|For)|Ignore).*")) {
        found(annotation, "@" + name + ": a test runs everywhere or is not written");
      }
      return super.visitAnnotation(annotation, null);
    }

    @Override
    public @Nullable Void visitImport(ImportTree tree, @Nullable Void nothing) {
      String name = tree.getQualifiedIdentifier().toString();
      if (name.matches("org\\.junit\\.(jupiter\\.api\\.Assum|Assum|Ignore).*")) {
        found(
            tree,
            name
                + ": a test that assumes something skips itself; install what it needs in .ci/run");
      }
      return super.visitImport(tree, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
      String method = lastName(call.getMethodSelect());
      String receiver = receiverName(call.getMethodSelect());
      if (!source().isMain() && SLEEPS.contains(method) && SLEEPERS.contains(receiver)) {
        found(call, receiver + "." + method + " in a test: wait for a named event, with a bound");
      }
      if (method.equals("ordinal") && source().isMain() && source().module().equals("core")) {
        found(
            call,
            "ordinal() changes when a constant is added: what is kept needs a number of its own");
      }
      checkFormat(call, method, receiver);
      return super.visitMethodInvocation(call, null);
    }

    private void checkFormat(MethodInvocationTree call, String method, String receiver) {
      ExpressionTree format =
          switch (method) {
            case "formatted" ->
                call.getMethodSelect() instanceof MemberSelectTree select
                    ? select.getExpression()
                    : null;
            case "printf" -> firstThatIsNoLocale(call.getArguments());
            case "format" ->
                receiver.equals("String") ? firstThatIsNoLocale(call.getArguments()) : null;
            default -> null;
          };
      if (format != null && !isConstant(format)) {
        found(call, method + " with a format that is not a literal: user text must be an argument");
      }
    }

    private static @Nullable ExpressionTree firstThatIsNoLocale(
        List<? extends ExpressionTree> arguments) {
      return arguments.stream()
          .filter(argument -> !argument.toString().matches("(?i)(.*\\W)?locale(\\W.*)?"))
          .findFirst()
          .orElse(null);
    }

    /** A literal, several joined, or a name in capitals. */
    private boolean isConstant(ExpressionTree expression) {
      return switch (expression) {
        case LiteralTree _ -> true;
        case ParenthesizedTree inner -> isConstant(inner.getExpression());
        case BinaryTree sum ->
            isConstant(sum.getLeftOperand()) && isConstant(sum.getRightOperand());
        case IdentifierTree _, MemberSelectTree _ -> {
          String name = lastName(expression);
          yield constants.contains(name) || name.matches("[A-Z][A-Z0-9_]*");
        }
        default -> false;
      };
    }
  }
}
