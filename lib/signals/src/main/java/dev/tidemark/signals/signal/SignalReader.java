package dev.tidemark.signals.signal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads signals in the shape of {@code signals.yaml}, strictly: an unknown key, a wrong type or a
 * missing key is an error. A user's own signals have the same shape.
 */
public final class SignalReader {
  private static final Set<String> KEYS =
      Set.of(
          "id",
          "title",
          "unit",
          "kind",
          "side",
          "reduce",
          "smallestBand",
          "expr",
          "limit",
          "needs",
          "ways",
          "default",
          "text");
  private static final Set<String> NEED_KEYS = Set.of("metric", "from", "optIn", "clock", "turnOn");
  private static final Set<String> WAY_KEYS = Set.of("of", "estimate");

  private SignalReader() {}

  /**
   * @param window what to put for {@code $window}, a Prometheus duration
   */
  static List<Signal> readAll(JsonNode all, String window) {
    List<Signal> signals = new ArrayList<>();
    for (JsonNode node : all) {
      signals.add(read(node, window));
    }
    return signals;
  }

  /** What a file says, to be read with any window. */
  static JsonNode tree(InputStream yaml) throws IOException {
    YAMLMapper mapper = new YAMLMapper();
    mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    return mapper.readTree(yaml);
  }

  /** The same; rates are taken over five minutes. */
  public static Signal read(JsonNode node) {
    return read(node, "5m");
  }

  /**
   * One signal. Keys {@code title} (the id), {@code unit} (none), {@code kind} (gauge), {@code
   * side} (both), {@code reduce} (median), {@code smallestBand} (0), {@code limit}, {@code needs},
   * {@code ways}, {@code default} (true) and {@code text} may be left out.
   *
   * @param window what to put for {@code $window} in the expression, a Prometheus duration
   * @throws IllegalArgumentException naming every problem, one a line, each starting with its key
   */
  public static Signal read(JsonNode node, String window) {
    Fields fields = new Fields(node, KEYS);
    String id = fields.text("id", null);
    Unit unit = fields.one("unit", Unit.class, Unit.NONE);
    Kind kind = fields.one("kind", Kind.class, Kind.GAUGE);
    Side side = fields.one("side", Side.class, Side.BOTH);
    Reduce reduce = fields.one("reduce", Reduce.class, Reduce.MEDIAN);
    double smallestBand = fields.amount("smallestBand", 0);
    String expr = fields.text("expr", null).replace(Signal.WINDOW, window);
    String limit = node.has("limit") ? fields.text("limit", null) : null;
    List<Need> needs = needs(node.path("needs"), fields);
    List<Way> ways = ways(node.path("ways"), fields);
    boolean byDefault = fields.flag("default", true);
    String title = fields.text("title", id);
    String text = fields.text("text", "");
    fields.check();
    return new Signal(
        id,
        title,
        unit,
        kind,
        side,
        reduce,
        smallestBand,
        expr,
        limit,
        needs,
        ways,
        byDefault,
        text);
  }

  private static List<Need> needs(JsonNode node, Fields outer) {
    List<Need> needs = new ArrayList<>();
    if (!node.isMissingNode() && !node.isArray()) {
      outer.problem("needs: must be a list");
      return needs;
    }
    for (JsonNode item : node) {
      Fields fields = new Fields(item, NEED_KEYS);
      String metric = fields.text("metric", null);
      String from = fields.text("from", null);
      boolean optIn = fields.flag("optIn", false);
      boolean clock = fields.flag("clock", true);
      String turnOn = fields.text("turnOn", "");
      try {
        fields.check();
        needs.add(new Need(metric, from, optIn, clock, turnOn));
      } catch (IllegalArgumentException e) {
        outer.problem("needs: " + e.getMessage());
      }
    }
    return needs;
  }

  private static List<Way> ways(JsonNode node, Fields outer) {
    List<Way> ways = new ArrayList<>();
    if (!node.isMissingNode() && !node.isArray()) {
      outer.problem("ways: must be a list");
      return ways;
    }
    for (JsonNode item : node) {
      Fields fields = new Fields(item, WAY_KEYS);
      List<String> of = fields.texts("of");
      String estimate = fields.text("estimate", "");
      try {
        fields.check();
        ways.add(new Way(of, estimate));
      } catch (IllegalArgumentException e) {
        outer.problem("ways: " + e.getMessage());
      }
    }
    return ways;
  }

  /** The keys of one mapping; collects what is wrong with them. */
  private static final class Fields {
    private final JsonNode node;
    private final List<String> problems = new ArrayList<>();

    Fields(JsonNode node, Set<String> known) {
      this.node = node;
      if (!node.isObject()) {
        problem("must be a mapping, found " + node.getNodeType().name().toLowerCase(Locale.ROOT));
      }
      for (String key : (Iterable<String>) node::fieldNames) {
        if (!known.contains(key)) {
          String hint =
              Nearest.of(key, known.stream().sorted().toList())
                  .map(k -> ", did you mean \"" + k + "\"?")
                  .orElse("");
          problem(key + ": unknown key" + hint);
        }
      }
    }

    void problem(String text) {
      problems.add(text);
    }

    String text(String key, @Nullable String otherwise) {
      JsonNode value = node.path(key);
      if (value.isMissingNode() && otherwise != null) {
        return otherwise;
      }
      if (!value.isTextual()) {
        problem(key + ": " + (value.isMissingNode() ? "is missing" : "must be a string"));
        return "";
      }
      return value.textValue();
    }

    List<String> texts(String key) {
      List<String> texts = new ArrayList<>();
      JsonNode value = node.path(key);
      if (!value.isArray()) {
        problem(key + ": " + (value.isMissingNode() ? "is missing" : "must be a list of strings"));
      }
      for (JsonNode item : value) {
        if (item.isTextual()) {
          texts.add(item.textValue());
        } else {
          problem(key + ": must be a list of strings");
        }
      }
      return texts;
    }

    boolean flag(String key, boolean otherwise) {
      JsonNode value = node.path(key);
      if (value.isMissingNode() || value.isBoolean()) {
        return value.asBoolean(otherwise);
      }
      problem(key + ": must be true or false");
      return otherwise;
    }

    double amount(String key, double otherwise) {
      JsonNode value = node.path(key);
      if (value.isMissingNode()) {
        return otherwise;
      }
      if (value.isNumber()) {
        return value.doubleValue();
      }
      try {
        return Amount.parse(value.asText());
      } catch (IllegalArgumentException e) {
        problem(key + ": " + e.getMessage());
        return otherwise;
      }
    }

    <E extends Enum<E>> E one(String key, Class<E> type, E otherwise) {
      JsonNode value = node.path(key);
      if (value.isMissingNode()) {
        return otherwise;
      }
      List<String> known = new ArrayList<>();
      for (E constant : type.getEnumConstants()) {
        String name = constant.name().toLowerCase(Locale.ROOT);
        if (value.isTextual() && name.equals(value.textValue())) {
          return constant;
        }
        known.add(name);
      }
      problem(key + ": must be one of " + String.join(", ", known) + ", found " + value);
      return otherwise;
    }

    void check() {
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(String.join("\n", problems));
      }
    }
  }
}
