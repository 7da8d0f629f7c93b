package dev.tidemark.rules.test;

import dev.tidemark.rules.rule.ServiceRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A file of tests.
 *
 * @param document as promtool reads it
 * @param excerpt the rules it is of, to be written beside it; empty where it is of the service's
 *     own files
 */
public record TestFile(Map<String, Object> document, Optional<ServiceRules> excerpt) {
  public TestFile {
    document = new LinkedHashMap<>(document);
  }
}
