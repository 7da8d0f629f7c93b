package dev.tidemark.e2e.real;

import dev.tidemark.e2e.server.Project;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

final class ProgramsCondition implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Project project = Project.find();
    List<String> missing =
        List.of("exporter", "rules", "webhook", "diagnose").stream()
            .filter(program -> !Files.isRegularFile(project.jar(program)))
            .toList();
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("the programs are built");
    }
    String why = "jars of " + missing + " are not built; run ./tidemark test or mvn verify";
    if ("true".equals(System.getenv("CI"))) {
      throw new IllegalStateException("CI=true, so this must run, but " + why);
    }
    System.err.println("\n!!! NOT RUN: " + context.getDisplayName() + ": " + why + " !!!\n");
    return ConditionEvaluationResult.disabled(why);
  }
}
