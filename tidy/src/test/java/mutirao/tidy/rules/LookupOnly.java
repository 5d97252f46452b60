package mutirao.tidy.rules;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import mutirao.tidy.tree.JavaSource;
import org.jspecify.annotations.Nullable;

/**
 * Where every server must do the same, unordered collections are for looking up and nothing else: a
 * private variable, only ever asked for one key. The order of a walk through one differs from
 * server to server.
 */
public final class LookupOnly {
  private static final Set<String> UNORDERED = Set.of("HashMap", "HashSet");
  private static final Set<String> NEVER =
      Set.of("IdentityHashMap", "WeakHashMap", "ConcurrentHashMap", "Hashtable");
  private static final Set<String> LOOKUPS =
      Set.of(
          "get",
          "getOrDefault",
          "put",
          "putIfAbsent",
          "remove",
          "add",
          "contains",
          "containsKey",
          "containsAll",
          "addAll",
          "computeIfAbsent",
          "computeIfPresent",
          "compute",
          "merge",
          "size",
          "isEmpty",
          "clear");
  private static final Set<String> FACTORIES = Set.of("of", "ofEntries", "copyOf", "entry");
  private static final Set<String> COLLECTORS =
      Set.of(
          "toSet",
          "toMap",
          "toUnmodifiableSet",
          "toUnmodifiableMap",
          "toConcurrentMap",
          "groupingByConcurrent",
          "partitioningBy",
          "groupingBy");
  private static final String INSTEAD =
      "; use LinkedHashMap, LinkedHashSet, TreeMap or a list where it is walked through";

  private LookupOnly() {}

  /** Whether the rule holds in {@code source}'s place. */
  public static boolean appliesTo(JavaSource source) {
    return source.isMain()
        && (source.module().equals("core") || source.path().contains("/server/gateway/"));
  }

  /** Where an unordered collection could be walked through. */
  public static List<String> violations(JavaSource source) {
    Declared declared = new Declared(source);
    List<String> undeclared = declared.findings();
    List<String> used = new Used(source, declared.names).findings();
    return Stream.concat(undeclared.stream(), used.stream()).toList();
  }

  private static String typeName(NewClassTree creation) {
    Tree type = creation.getIdentifier();
    return TreeRule.lastName(
        type instanceof ParameterizedTypeTree parameterized ? parameterized.getType() : type);
  }

  /** Collects the variables that hold unordered collections. */
  private static final class Declared extends TreeRule {
    private final Set<String> names = new HashSet<>();

    Declared(JavaSource source) {
      super(source);
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree creation, @Nullable Void nothing) {
      String type = typeName(creation);
      if (NEVER.contains(type)) {
        found(creation, "new " + type + " has no place here" + INSTEAD);
      } else if (UNORDERED.contains(type)) {
        declare(creation, type, getCurrentPath().getParentPath().getLeaf());
      }
      return super.visitNewClass(creation, null);
    }

    private void declare(NewClassTree creation, String type, Tree parent) {
      switch (parent) {
        case VariableTree variable -> {
          names.add(variable.getName().toString());
          boolean field =
              getCurrentPath().getParentPath().getParentPath().getLeaf() instanceof ClassTree;
          if (field && !variable.getModifiers().getFlags().contains(Modifier.PRIVATE)) {
            found(variable, variable.getName() + " holds a " + type + " and must be private");
          }
        }
        case AssignmentTree assignment -> names.add(lastName(assignment.getVariable()));
        default -> found(creation, "new " + type + " must go straight into a variable" + INSTEAD);
      }
    }
  }

  /** Looks at each use of those variables. */
  private static final class Used extends TreeRule {
    private final Set<String> names;

    Used(JavaSource source, Set<String> names) {
      super(source);
      this.names = names;
    }

    @Override
    public @Nullable Void visitIdentifier(IdentifierTree identifier, @Nullable Void nothing) {
      check(identifier, identifier.getName().toString());
      return super.visitIdentifier(identifier, null);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void nothing) {
      boolean ownField = lastName(select.getExpression()).equals("this");
      if (ownField) {
        check(select, select.getIdentifier().toString());
      }
      return super.visitMemberSelect(select, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
      String method = lastName(call.getMethodSelect());
      String receiver = receiverName(call.getMethodSelect());
      boolean factory =
          (receiver.equals("Set") || receiver.equals("Map"))
              && FACTORIES.contains(method)
              && !call.getArguments().isEmpty();
      if (factory || (receiver.equals("Collectors") && COLLECTORS.contains(method))) {
        found(call, receiver + "." + method + " makes an unordered collection" + INSTEAD);
      }
      return super.visitMethodInvocation(call, null);
    }

    private void check(Tree use, String name) {
      if (names.contains(name) && !isLookup(use, getCurrentPath().getParentPath())) {
        found(use, name + " is unordered and may only be looked up in" + INSTEAD);
      }
    }

    private static boolean isLookup(Tree use, TreePath parent) {
      return switch (parent.getLeaf()) {
        case MemberSelectTree select ->
            parent.getParentPath().getLeaf() instanceof MethodInvocationTree call
                && call.getMethodSelect() == select
                && LOOKUPS.contains(select.getIdentifier().toString());
        case AssignmentTree assignment -> assignment.getVariable() == use;
        default -> false;
      };
    }
  }
}
