package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who owns services, and where their alerts go.
 *
 * @param pages the receiver that gets critical alerts, too
 * @param mute names of time intervals in which nothing is sent to the team
 * @param activeTimes names of time intervals outside which nothing is sent
 */
public record TeamSpec(
    Placed<String> name,
    Placed<String> receiver,
    @Nullable Placed<String> pages,
    @Nullable AlertBudgetSpec alertBudget,
    @Default("[]") List<Placed<String>> mute,
    @Default("[]") List<Placed<String>> activeTimes) {}
