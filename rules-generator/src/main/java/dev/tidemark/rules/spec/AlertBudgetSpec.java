package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Placed;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many alerts a team can bear, by severity. */
public record AlertBudgetSpec(
    @Nullable Placed<Rate> critical, @Nullable Placed<Rate> warning, @Nullable Placed<Rate> info) {
  /** What is said of each severity. */
  public Map<Severity, Placed<Rate>> said() {
    Map<Severity, Placed<Rate>> said = new EnumMap<>(Severity.class);
    put(said, Severity.CRITICAL, critical);
    put(said, Severity.WARNING, warning);
    put(said, Severity.INFO, info);
    return said;
  }

  private static void put(
      Map<Severity, Placed<Rate>> said, Severity severity, @Nullable Placed<Rate> rate) {
    if (rate != null) {
      said.put(severity, rate);
    }
  }
}
