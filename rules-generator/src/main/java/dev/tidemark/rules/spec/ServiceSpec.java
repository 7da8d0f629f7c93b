package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.yaml.Default;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service, which of Prometheus' series are its own, and its alerts.
 *
 * @param requests in PromQL, the rate of what the service is asked to do
 * @param records recording rules of its own, in the order they are evaluated
 */
public record ServiceSpec(
    Placed<String> name,
    Placed<String> team,
    @Default("{}") Placed<Map<String, String>> selector,
    @Nullable List<Placed<String>> identity,
    @Nullable FleetSpec fleet,
    @Nullable Placed<ByteSize> memoryLimit,
    @Nullable Placed<String> requests,
    @Nullable GroupSpec group,
    @Default("[]") List<RecordSpec> records,
    @Default("[]") List<AlertSpec> alerts) {}
