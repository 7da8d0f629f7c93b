package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.Map;

/**
 * A recording rule of a user's own.
 *
 * @param record the name of the series it writes
 * @param labels added to what it records
 */
public record RecordSpec(
    Place place,
    Placed<String> record,
    Placed<String> expr,
    @Default("{}") Map<String, Placed<String>> labels) {}
