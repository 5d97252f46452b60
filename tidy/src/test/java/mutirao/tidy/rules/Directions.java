package mutirao.tidy.rules;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Who may use whom: the map in ARCHITECTURE.md as a table. What is not in it is forbidden. */
public final class Directions {
  private static final String NULLNESS = "org.jspecify.annotations..";

  /**
   * The one part of the core that configuring a server shows: {@code ServerConfig} holds it, so
   * whoever starts a server names it.
   */
  private static final String SERVER_SETTINGS = "mutirao\\.core\\.Settings(\\$.*)?";

  private static final List<Area> AREAS =
      List.of(
          new Area("mutirao.protocol..", "tools.jackson.core.."),
          new Area("mutirao.tls"),
          new Area("mutirao.core.."),
          new Area("mutirao.raft", "mutirao.raft.codec", "mutirao.raft.files")
              .and("mutirao.raft.group", "mutirao.raft.parts", "mutirao.raft.version")
              .and("mutirao.core..", "org.apache.ratis..", "org.slf4j"),
          new Area("mutirao.raft.parts", "org.apache.ratis..", "org.slf4j"),
          new Area("mutirao.raft.files", "mutirao.raft.codec", "mutirao.core..")
              .and("org.apache.ratis..", "org.slf4j"),
          new Area("mutirao.raft.group", "mutirao.raft.codec", "mutirao.raft.parts")
              .and("org.apache.ratis..", "org.slf4j"),
          new Area("mutirao.raft.version", "mutirao.raft.codec", "mutirao.raft.group")
              .and("org.apache.ratis..", "org.slf4j"),
          new Area("mutirao.raft.codec", "mutirao.core.."),
          new Area("mutirao.archive", "mutirao.archive.store", "mutirao.core..", "org.slf4j"),
          new Area("mutirao.archive.store", "mutirao.core.session", "mutirao.protocol..")
              .and("org.slf4j", "org.sqlite.."),
          new Area("mutirao.server", "mutirao.protocol..", "mutirao.core..", "mutirao.server..")
              .and("mutirao.raft", "mutirao.raft.group", "mutirao.raft.codec", "org.slf4j")
              .and("mutirao.raft.version")
              .and("io.netty..", "ch.qos.logback.."),
          new Area("mutirao.server.archive", "mutirao.protocol..", "mutirao.core..")
              .and("mutirao.server", "mutirao.server.gateway..", "mutirao.archive..", "org.slf4j"),
          new Area("mutirao.server.tls", "mutirao.tls", "io.netty..", "org.slf4j"),
          new Area("mutirao.server.cluster", "mutirao.protocol..", "mutirao.raft.group")
              .and("org.slf4j"),
          new Area("mutirao.server.backup", "mutirao.protocol..", "mutirao.raft.files")
              .and("org.slf4j"),
          new Area("mutirao.server.access", "mutirao.server", "mutirao.protocol..")
              .and("mutirao.core..", "org.bouncycastle.crypto..", "org.slf4j"),
          new Area(
                  "mutirao.server.gateway..",
                  "mutirao.server.access",
                  "mutirao.server.cluster",
                  "mutirao.server.backup",
                  "mutirao.server",
                  "mutirao.protocol..")
              .and("mutirao.core.."),
          new Area("mutirao.server.tcp..", "mutirao.server", "mutirao.server.gateway..")
              .and("mutirao.server.access", "mutirao.server.tls", "mutirao.protocol..")
              .and("mutirao.tls", "io.netty..", "org.slf4j"),
          new Area("mutirao.server.local", "mutirao.server", "mutirao.server.gateway..")
              .and("mutirao.server.access", "mutirao.server.cluster", "mutirao.server.tcp..")
              .and("mutirao.server.tls", "mutirao.protocol..", "mutirao.core.."),
          new Area("mutirao.web", "mutirao.web..", "mutirao.server.local", "mutirao.server.tls")
              .and("mutirao.server", "mutirao.server.tcp")
              .and("mutirao.protocol..", "io.javalin..", "org.eclipse.jetty..", "org.slf4j")
              .and("jakarta.servlet.."),
          new Area("mutirao.web.http", "mutirao.protocol..", "io.javalin..", "jakarta.servlet.."),
          new Area("mutirao.web.line", "mutirao.web.http", "mutirao.server..", "mutirao.core..")
              .and("mutirao.protocol..", "mutirao.tls", "io.javalin..", "jakarta.servlet.."),
          new Area("mutirao.web.live", "mutirao.web.http", "mutirao.server..", "mutirao.core..")
              .and("mutirao.protocol..", "org.HdrHistogram", "org.slf4j"),
          new Area("mutirao.web.api", "mutirao.web..", "mutirao.server..", "mutirao.core..")
              .and("mutirao.protocol..", "io.javalin..", "jakarta.servlet..")
              .and("org.eclipse.jetty.io", "org.slf4j"),
          new Area("mutirao.web.socket", "mutirao.web.line", "mutirao.server.local")
              .and("mutirao.core.account", "mutirao.protocol..", "mutirao.server", "io.javalin..")
              .and("org.eclipse.jetty.websocket..", "jakarta.servlet.."),
          new Area("mutirao.web.metrics", "mutirao.web.live", "mutirao.protocol..")
              .and("io.micrometer..", "io.prometheus.."),
          new Area("mutirao.web.page", "mutirao.web", "mutirao.web.http", "io.javalin.."),
          new Area("mutirao.client..", "mutirao.protocol..", "mutirao.tls"),
          new Area("mutirao.cli..", "mutirao.client..", "mutirao.protocol..", "mutirao.server")
              .and(
                  "mutirao.server.access",
                  "mutirao.web",
                  "mutirao.server.local",
                  "mutirao.tls",
                  "mutirao.server.tls",
                  "org.bouncycastle..",
                  "mutirao.server.cluster",
                  "mutirao.server.backup",
                  "picocli..",
                  "org.jline..",
                  "org.slf4j..",
                  "ch.qos.logback.."),
          new Area("mutirao.testkit..", "mutirao.client..", "mutirao.protocol..")
              .and("mutirao.server", "mutirao.server.tcp.."),
          new Area("mutirao.examples..", "mutirao.client..", "mutirao.protocol.."),
          new Area("mutirao.chaos..", "mutirao.client..", "mutirao.protocol.."),
          new Area("mutirao.bench..", "mutirao.client..", "mutirao.protocol..", "picocli..")
              .and("org.HdrHistogram", "io.netty.."));

  private Directions() {}

  /** What {@code classes} use against the table. */
  public static List<String> violations(JavaClasses classes) {
    Stream<ArchRule> rules =
        Stream.of(
                AREAS.stream().map(Area::rule), Stream.of(everyClassHasAnArea(), jsonInOnePlace()))
            .flatMap(stream -> stream);
    return rules.flatMap(rule -> Findings.of(rule, classes)).toList();
  }

  private static ArchRule everyClassHasAnArea() {
    String[] known = AREAS.stream().map(Area::packages).toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage("mutirao..")
        .should()
        .resideInAnyPackage(known)
        .because("a new package first says in Directions whom it may use");
  }

  private static ArchRule jsonInOnePlace() {
    return noClasses()
        .that(DescribedPredicate.not(nameMatching("mutirao\\.protocol\\.codec\\.Json.*")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .because("the JSON library is known to mutirao.protocol.codec.Json alone: ask that");
  }

  /** Packages, and what they may use beside themselves and the JDK. */
  private record Area(String packages, List<String> mayUse) {
    Area(String packages, String... mayUse) {
      this(packages, List.of(mayUse));
    }

    Area and(String... more) {
      List<String> all = new ArrayList<>(mayUse);
      all.addAll(List.of(more));
      return new Area(packages, List.copyOf(all));
    }

    ArchRule rule() {
      List<String> allowed = new ArrayList<>(mayUse);
      allowed.addAll(List.of(packages, "java..", "javax..", "com.sun.net..", NULLNESS));
      DescribedPredicate<JavaClass> predicate = resideInAnyPackage(allowed.toArray(String[]::new));
      if (mayUse.contains("mutirao.server")) {
        predicate = predicate.or(nameMatching(SERVER_SETTINGS));
      }
      return classes()
          .that()
          .resideInAPackage(packages)
          .should()
          .onlyDependOnClassesThat(predicate)
          .as(packages + " may use " + (mayUse.isEmpty() ? "the JDK" : mayUse) + " only")
          .because("dependencies point one way; ARCHITECTURE.md has the map");
    }
  }
}
