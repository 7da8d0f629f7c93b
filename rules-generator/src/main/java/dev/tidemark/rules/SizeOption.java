package dev.tidemark.rules;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.Modifiers;
import dev.tidemark.promql.ast.VectorSelector;
import dev.tidemark.rules.cost.Costs;
import dev.tidemark.rules.cost.Fleet;
import dev.tidemark.rules.cost.RuleCost;
import dev.tidemark.rules.cost.Size;
import dev.tidemark.rules.model.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** How much there is, for verbs that count what rules cost: from a server, else from a guess. */
final class SizeOption {
  @Option(
      names = "--targets",
      defaultValue = "100",
      paramLabel = "N",
      description =
          "Without a server: targets of what no service with fleet.replicas has."
              + " Default: ${DEFAULT-VALUE}.")
  private long targets = 100;

  @Option(
      names = "--fan-out",
      defaultValue = "5",
      paramLabel = "N",
      description =
          "Without a server: series a target has of a metric nobody knows."
              + " Default: ${DEFAULT-VALUE}.")
  private long fanOut = 5;

  /** What each rule costs, the dearest first. */
  List<RuleCost> costs(FoundRules found, ServerOption server) {
    Size size = server.isGiven() ? new Asked(server) : fleet(found);
    return new Costs(size, found.scrapeInterval(), found.groupInterval()).of(found.files());
  }

  private Fleet fleet(FoundRules found) {
    List<Fleet.Part> parts =
        found.made().stream()
            .flatMap(made -> made.services().stream())
            .map(rules -> part(rules.service()))
            .toList();
    return new Fleet(parts, targets, fanOut);
  }

  private Fleet.Part part(Service service) {
    return new Fleet.Part(
        service.selection().labels(),
        service.replicas().map(Integer::longValue).orElse(targets),
        service.replicas().isPresent());
  }

  /** What a server has, each selector asked for once. */
  private static final class Asked implements Size {
    private final ServerOption server;
    private final Map<VectorSelector, Long> counts = new HashMap<>();

    Asked(ServerOption server) {
      this.server = server;
    }

    @Override
    public long series(VectorSelector selector) {
      return counts.computeIfAbsent(
          selector.with(Modifiers.NONE),
          plain -> (long) server.one("count(" + plain + ")").orElse(0));
    }

    @Override
    public long targets(VectorSelector selector) {
      return series(selector);
    }

    @Override
    public OptionalLong samples(Expr expr) {
      return server.samples(expr.toString());
    }
  }
}
