package dev.tidemark.exporter.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.engine.HorizonGrowth;
import dev.tidemark.engine.Judgement;
import dev.tidemark.exporter.exposition.Outputs;
import dev.tidemark.exporter.fleet.SeriesView;
import dev.tidemark.signals.signal.Support;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/series}: what is not known is null, and a judgement that is too old is not known.
 */
final class SeriesJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private SeriesJson() {}

  static ObjectNode of(Condition condition, SeriesQuery query) {
    SeriesQuery.Selection selection = query.from(condition.snapshot().series(), condition.now());
    ObjectNode root = NODES.objectNode();
    ArrayNode series = root.putArray("series");
    selection.series().forEach(view -> series.add(series(view, condition)));
    root.put("next", selection.next().map(cursor -> next(query, cursor)).orElse(null));
    root.put("judgedAt", condition.snapshot().isEmpty() ? null : time(condition.snapshot().slot()));
    return root;
  }

  static ObjectNode series(SeriesView view, Condition condition) {
    Judgement judgement = view.judgement();
    boolean holds = view.isTrueAt(condition.now());
    ObjectNode node = NODES.objectNode();
    node.put("id", SeriesId.of(view).toString());
    node.put("signal", view.signal().id());
    ObjectNode labels = node.putObject("labels");
    new TreeMap<>(view.labels()).forEach(labels::put);
    node.put("workload", view.workload());
    node.put("unit", view.signal().unit().suffix());
    node.put("dataAt", time(judgement.timeMillis()));
    node.put("stale", !holds);
    node.put("value", known(judgement.value()));
    node.put("expected", known(judgement.expected()));
    node.put("upper", known(judgement.upper()));
    node.put("lower", known(judgement.lower()));
    node.put("score", holds ? known(judgement.score()) : null);
    node.put("peerScore", holds ? known(judgement.peerScore()) : null);
    node.put("leakState", holds ? judgement.leakState().code() : null);
    node.put("growthPerSecond", holds ? known(judgement.growthPerSecond()) : null);
    node.put("timeToLimitSeconds", holds ? known(judgement.timeToLimitSeconds()) : null);
    node.put("limit", known(view.limit()));
    node.put("startedAt", view.startMillis() == 0 ? null : time(view.startMillis()));
    node.put("historySeconds", judgement.historyMillis() / 1000.0);
    node.put("frozen", judgement.frozen());
    node.put("reason", view.reason());
    ArrayNode growth = node.putArray("growth");
    judgement.growth().forEach(horizon -> growth.add(growth(horizon)));
    support(node, view, condition.supported());
    return node;
  }

  private static void support(ObjectNode node, SeriesView view, Supported supported) {
    Optional<Support> support = supported.of(view);
    node.put("basis", support.map(Support::basis).orElse(null));
    node.put("exactWith", support.map(Support::hint).filter(h -> !h.isEmpty()).orElse(null));
    if (!supported.isKnown(view)) {
      node.putNull("missing");
      return;
    }
    ArrayNode missing = node.putArray("missing");
    supported
        .missing(view)
        .forEach(s -> missing.addObject().put("signal", s.signal().id()).put("hint", s.hint()));
  }

  private static ObjectNode growth(HorizonGrowth growth) {
    ObjectNode node = NODES.objectNode();
    node.put("horizon", Outputs.window(growth.horizon()));
    node.put("spanSeconds", growth.spanMillis() / 1000.0);
    node.put("perSecond", known(growth.perSecond()));
    node.put("pValue", known(growth.pValue()));
    node.put("rising", growth.rising());
    node.put("leakState", growth.state().code());
    node.put("reason", growth.reason());
    return node;
  }

  static @Nullable Double known(double value) {
    return Double.isFinite(value) ? value : null;
  }

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static String next(SeriesQuery query, SeriesQuery.Cursor cursor) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("limit", Integer.toString(query.limit()));
    SeriesFilter.NAMES.stream()
        .filter(query.filter().asked()::containsKey)
        .forEach(name -> parameters.put(name, query.filter().asked().get(name)));
    if (query.order() != SeriesOrder.ID) {
      parameters.put("sort", query.order().word());
    }
    parameters.put("after", cursor.text(query.order()));
    return Links.of("/api/v1/series", parameters);
  }
}
