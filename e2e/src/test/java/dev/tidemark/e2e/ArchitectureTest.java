package dev.tidemark.e2e;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds who may know whom, as docs/ARCHITECTURE.md draws it. */
class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tidemark");

  /** Module to the modules it may use. */
  private static final Map<String, List<String>> MAY_USE =
      Map.of(
          "signals", List.of(),
          "engine", List.of(),
          "promql", List.of(),
          "toolkit", List.of(),
          "diagnosis", List.of("toolkit"),
          "exporter", List.of("signals", "engine", "promql", "toolkit"),
          "rules", List.of("signals", "engine", "promql", "toolkit"),
          "webhook", List.of("signals", "promql", "toolkit", "diagnosis"));

  /** Package of the webhook to the packages of it that it may use; others do not matter here. */
  private static final Map<String, List<String>> WEBHOOK_MAY_USE =
      Map.of(
          "alert", List.of(),
          "journal", List.of("alert"),
          "route", List.of("alert", "playbook"),
          "policy", List.of("alert", "playbook", "journal"), // of the journal its records only
          "playbook", List.of("alert"),
          "audit", List.of("alert", "journal"));

  /** Package of diagnosis to those of it that it may use: evidence is opened, read, then judged. */
  private static final Map<String, List<String>> DIAGNOSIS_MAY_USE =
      Map.ofEntries(
          Map.entry("finding", List.of()),
          Map.entry("input", List.of()),
          Map.entry("source", List.of()),
          Map.entry("pprof", List.of("input")),
          Map.entry("gomemory", List.of("input")),
          Map.entry("goroutine", List.of("input", "finding", "pprof", "source")),
          Map.entry("heap", List.of("input", "finding", "pprof")),
          Map.entry("flame", List.of("finding", "heap")),
          Map.entry("hprof", List.of("input", "finding")),
          Map.entry("gctrace", List.of("input", "finding")),
          Map.entry("sched", List.of("input", "finding")),
          Map.entry("trace", List.of("input", "finding")),
          Map.entry("oom", List.of("input", "finding", "gomemory")),
          Map.entry("size", List.of("finding", "gomemory")));

  static Stream<String> modules() {
    return MAY_USE.keySet().stream().sorted();
  }

  static Stream<String> webhookPackages() {
    return WEBHOOK_MAY_USE.keySet().stream().sorted();
  }

  static Stream<String> diagnosisPackages() {
    return DIAGNOSIS_MAY_USE.keySet().stream().sorted();
  }

  @Test
  void every_module_is_looked_at() {
    for (String module : MAY_USE.keySet()) {
      assertThat(OURS.stream().anyMatch(resideInAPackage(within(module))))
          .as("classes of " + module)
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void a_module_uses_only_the_modules_it_may(String module) {
    check(
        noClasses()
            .that()
            .resideInAPackage(within(module))
            .should()
            .dependOnClassesThat(
                oursExcept(
                    allowed("dev.tidemark.", module, MAY_USE.getOrDefault(module, List.of())))));
  }

  @Test
  void the_engine_needs_no_library() {
    check(
        classes()
            .that()
            .resideInAPackage(within("engine"))
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.tidemark.engine..", "java..", "org.jspecify.annotations.."));
  }

  @Test
  void in_diagnosis_only_the_command_knows_the_toolkit() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.tidemark.diagnosis.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.tidemark.toolkit.."));
  }

  @ParameterizedTest
  @MethodSource("webhookPackages")
  void a_package_of_the_webhook_uses_only_those_it_may(String name) {
    usesOnly("dev.tidemark.webhook.", name, WEBHOOK_MAY_USE.getOrDefault(name, List.of()));
  }

  @ParameterizedTest
  @MethodSource("diagnosisPackages")
  void a_package_of_diagnosis_uses_only_those_it_may(String name) {
    usesOnly("dev.tidemark.diagnosis.", name, DIAGNOSIS_MAY_USE.getOrDefault(name, List.of()));
  }

  @Test
  void every_package_of_diagnosis_is_looked_at() {
    assertThat(
            OURS.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("dev.tidemark.diagnosis."))
                .map(name -> name.split("\\.")[3]))
        .isSubsetOf(DIAGNOSIS_MAY_USE.keySet());
  }

  private static void usesOnly(String prefix, String name, List<String> allowed) {
    check(
        noClasses()
            .that()
            .resideInAPackage(prefix + name + "..")
            .should()
            .dependOnClassesThat(
                resideInAPackage(prefix + ".")
                    .and(
                        DescribedPredicate.not(
                            resideInAnyPackage(allowed(prefix, name, allowed))))));
  }

  @Test
  void in_the_webhook_only_intake_and_page_know_vertx() {
    // the root package wires: it makes the one Vertx that they are given
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.tidemark.webhook.*..")
            .and()
            .resideOutsideOfPackages("dev.tidemark.webhook.intake..", "dev.tidemark.webhook.page..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.."));
  }

  @Test
  void policies_are_pure() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.tidemark.webhook.policy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.io..", "java.nio..", "java.net..", "java.sql..", "java.lang.reflect..")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis"));
  }

  @Test
  void policies_know_what_the_journal_holds_but_not_the_journal() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.tidemark.webhook.policy..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.tidemark.webhook.journal..")
                    .and(
                        DescribedPredicate.not(
                            DescribedPredicate.describe(
                                "records and enums",
                                (JavaClass used) -> used.isRecord() || used.isEnum())))));
  }

  @Test
  void only_dispatch_changes_what_becomes_of_an_episode() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.tidemark.webhook.*..")
            .and()
            .resideOutsideOfPackages(
                "dev.tidemark.webhook.dispatch..", "dev.tidemark.webhook.journal..")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("ExecutionLog"));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(OURS);
  }

  private static String within(String module) {
    return "dev.tidemark." + module + "..";
  }

  private static String[] allowed(String prefix, String self, List<String> others) {
    return Stream.concat(Stream.of(self), others.stream())
        .map(name -> prefix + name + "..")
        .toArray(String[]::new);
  }

  private static DescribedPredicate<JavaClass> oursExcept(String[] packages) {
    return resideInAPackage("dev.tidemark..")
        .and(DescribedPredicate.not(resideInAnyPackage(packages)))
        .as("ours outside of " + Arrays.toString(packages));
  }
}
