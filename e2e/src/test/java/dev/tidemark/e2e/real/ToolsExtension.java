package dev.tidemark.e2e.real;

import dev.tidemark.e2e.server.Tools;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

final class ToolsExtension implements ExecutionCondition, ParameterResolver {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    try {
      Tools unused = Tools.find();
      return ConditionEvaluationResult.enabled("the tools are here");
    } catch (Tools.MissingTools e) {
      if ("true".equals(System.getenv("CI"))) {
        throw new IllegalStateException("CI=true, so this must run, but " + e.getMessage(), e);
      }
      System.err.println(
          "\n!!! NOT RUN: " + context.getDisplayName() + ": " + e.getMessage() + " !!!\n");
      return ConditionEvaluationResult.disabled(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Tools.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    try {
      return Tools.find();
    } catch (Tools.MissingTools e) {
      throw new ParameterResolutionException(String.valueOf(e.getMessage()), e);
    }
  }
}
