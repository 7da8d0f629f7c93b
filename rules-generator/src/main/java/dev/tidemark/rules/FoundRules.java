package dev.tidemark.rules;

import dev.tidemark.rules.found.FoundFile;
import dev.tidemark.rules.spec.SpecText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Rules to look at, from a specification or from files.
 *
 * @param texts what people wrote
 * @param files of a specification one a service, with the places of the specification
 * @param made what the specification makes; empty for files
 */
record FoundRules(
    List<SpecText> texts,
    List<FoundFile> files,
    Optional<Generator.Output> made,
    Duration scrapeInterval,
    Duration groupInterval,
    Optional<Duration> retention) {
  FoundRules {
    texts = List.copyOf(texts);
    files = List.copyOf(files);
  }

  int rules() {
    return (int) files.stream().flatMap(FoundFile::rules).count();
  }
}
