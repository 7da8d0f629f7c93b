package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.Optional;

/** Looks at one group for one kind of trouble; empty when it has nothing to say. */
interface Rule {
  /** Name of its page under docs/findings. */
  String id();

  Optional<Finding> judge(StackGroup group, Scene scene);
}
