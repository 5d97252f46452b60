package mutirao.tidy.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShould;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/** Calls that are banned by name, each with what to use instead. */
public final class Bans {
  /** The simulator runs these whole, from one seed: they know no clock, no chance, no I/O. */
  private static final String[] PURE = {
    "mutirao.core..", "mutirao.protocol..", "mutirao.server.gateway.."
  };

  /** Only these end the process, after everything is closed. */
  private static final String MAY_EXIT = "mutirao\\.(cli\\.Mutirao|bench\\.Bench)";

  /** A broken invariant stops the server at once, before the damage spreads. */
  private static final String MAY_HALT = "mutirao\\.server\\.Server";

  private static final String TIME =
      "time arrives in the entry (core), or is asked of mutirao.server.Clock (gateway)";
  private static final String CHANCE =
      "what is drawn arrives in the command (core), or is asked of mutirao.server.Chance (gateway)";
  private static final String THREADS =
      "one thread runs this; concurrency belongs to mutirao.server.tcp and mutirao.client";
  private static final String FILES_AND_SOCKETS =
      "bytes are handed in and out; I/O belongs to mutirao.server.tcp, mutirao.client and"
          + " mutirao.cli";

  private Bans() {}

  /** The banned calls in {@code classes}. */
  public static List<String> violations(JavaClasses classes) {
    List<ArchRule> rules = new ArrayList<>();
    rules.addAll(purity());
    rules.addAll(everywhere());
    return rules.stream().flatMap(rule -> Findings.of(rule, classes)).toList();
  }

  private static List<ArchRule> purity() {
    return List.of(
        pure().callMethodWhere(access(System.class, "currentTimeMillis|nanoTime")).because(TIME),
        pure().callMethodWhere(access("java\\.time\\..*", "now")).because(TIME),
        pure().dependOnClassesThat(named("java\\.time\\.Clock")).because(TIME),
        pure().callMethodWhere(access(Math.class, "random")).because(CHANCE),
        pure().callMethodWhere(access(UUID.class, "randomUUID")).because(CHANCE),
        pure()
            .dependOnClassesThat(
                named("java\\.util\\.(Random|SplittableRandom|random\\..*)")
                    .or(named("java\\.util\\.concurrent\\.ThreadLocalRandom"))
                    .or(named("java\\.security\\.SecureRandom")))
            .because(CHANCE),
        pure()
            .dependOnClassesThat(
                named("java\\.lang\\.(Thread|ThreadGroup|ThreadLocal|Process.*)(\\$.*)?")
                    .or(assignableTo(Executor.class))
                    .or(assignableTo(Future.class))
                    .or(named("java\\.util\\.(Timer|TimerTask|concurrent\\.Executors)")))
            .because(THREADS),
        pure().callMethodWhere(access(".*", "parallelStream|parallel")).because(THREADS),
        noClasses()
            .that()
            .resideInAPackage("mutirao.core..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent..")
            .because(THREADS),
        pure()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "java.io..", "java.nio.file..", "java.nio.channels..", "java.net..")
                    .and(DescribedPredicate.not(named("java\\.io\\.Serializable"))))
            .because(FILES_AND_SOCKETS),
        noClasses()
            .that()
            .resideInAPackage("mutirao.core..")
            .should()
            .callMethodWhere(
                access(System.class, "identityHashCode")
                    .or(access(Object.class, "hashCode"))
                    .or(access(Enum.class, "hashCode")))
            .because("these differ from run to run; use an id or a name"));
  }

  private static List<ArchRule> everywhere() {
    return List.of(
        noClasses()
            .that()
            .resideInAnyPackage(
                "mutirao.core..",
                "mutirao.protocol..",
                "mutirao.server..",
                "mutirao.client..",
                "mutirao.web..")
            .should()
            .accessFieldWhere(access(System.class, "out|err"))
            .because("a library does not print: return it, or use slf4j in the server's edges"),
        noClasses()
            .that(DescribedPredicate.not(nameMatching(MAY_EXIT)))
            .should()
            .callMethodWhere(access("java\\.lang\\.(System|Runtime)", "exit"))
            .because("run() returns the exit code; main alone ends the process"),
        noClasses()
            .that(DescribedPredicate.not(nameMatching(MAY_HALT)))
            .should()
            .callMethodWhere(access(Runtime.class, "halt"))
            .because("only a broken invariant ends a process without closing it"),
        noClasses()
            .should()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "printStackTrace()",
                    call ->
                        call.getTarget().getName().equals("printStackTrace")
                            && call.getTarget().getRawParameterTypes().isEmpty()))
            .because("log it with its cause, or turn it into a coded error"),
        noClasses()
            .should()
            .dependOnClassesThat(named("java\\.io\\.Object(Input|Output)Stream"))
            .because(
                "Java's serialisation runs what it is sent; write a codec of versioned bytes"));
  }

  private static ClassesShould pure() {
    GivenClassesConjunction pure = noClasses().that().resideInAnyPackage(PURE);
    return pure.should();
  }

  private static DescribedPredicate<JavaClass> named(String pattern) {
    return DescribedPredicate.describe(pattern, type -> type.getName().matches(pattern));
  }

  private static DescribedPredicate<JavaAccess<?>> access(Class<?> type, String member) {
    return access(Pattern.quote(type.getName()), member);
  }

  private static DescribedPredicate<JavaAccess<?>> access(String type, String member) {
    return DescribedPredicate.describe(
        type + "." + member,
        access ->
            access.getTargetOwner().getName().matches(type) && access.getName().matches(member));
  }
}
