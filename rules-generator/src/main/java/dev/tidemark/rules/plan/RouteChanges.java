package dev.tidemark.rules.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.rules.plan.Change.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares two configurations of Alertmanager. */
final class RouteChanges {
  private final List<Change> changes = new ArrayList<>();

  private RouteChanges() {}

  /** A configuration that was not there is a missing node. */
  static List<Change> between(JsonNode before, JsonNode after) {
    RouteChanges found = new RouteChanges();
    found.compare("route", routes(before.path("route")), routes(after.path("route")));
    found.compare("receiver", named(before, "receivers"), named(after, "receivers"));
    found.compare("time interval", named(before, "time_intervals"), named(after, "time_intervals"));
    found.compare("inhibition", inhibitions(before), inhibitions(after));
    return found.changes;
  }

  private void compare(String what, Map<String, JsonNode> before, Map<String, JsonNode> after) {
    after.forEach(
        (name, node) -> {
          JsonNode old = before.get(name);
          if (old == null) {
            changes.add(new Change(Kind.ADDED, what, name, receiver(node)));
          } else if (!old.equals(node)) {
            changes.add(new Change(Kind.CHANGED, what, name, details(old, node)));
          }
        });
    before.forEach(
        (name, node) -> {
          if (!after.containsKey(name)) {
            changes.add(new Change(Kind.REMOVED, what, name, receiver(node)));
          }
        });
  }

  private static List<String> receiver(JsonNode node) {
    return node.path("receiver").isTextual()
        ? List.of("to " + node.path("receiver").asText())
        : List.of();
  }

  private static List<String> details(JsonNode old, JsonNode now) {
    TreeSet<String> keys = new TreeSet<>();
    old.fieldNames().forEachRemaining(keys::add);
    now.fieldNames().forEachRemaining(keys::add);
    List<String> details = new ArrayList<>();
    for (String key : keys) {
      JsonNode was = old.path(key);
      JsonNode is = now.path(key);
      if (!was.equals(is)) {
        boolean plain = was.size() + is.size() < 10 && !was.isObject() && !is.isObject();
        details.add(
            plain && !key.endsWith("_configs")
                ? key + " " + shown(was) + " -> " + shown(is)
                : "another " + key);
      }
    }
    return details;
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode() ? "none" : node.isTextual() ? node.asText() : node.toString();
  }

  /** Every route by the matchers on the way to it; of equals, numbered. */
  private static Map<String, JsonNode> routes(JsonNode root) {
    Map<String, JsonNode> routes = new LinkedHashMap<>();
    if (root.isObject()) {
      collect(root, "all alerts", routes);
    }
    return routes;
  }

  private static void collect(JsonNode route, String name, Map<String, JsonNode> routes) {
    ObjectNode own = route.deepCopy();
    own.remove("routes");
    own.remove("matchers");
    put(routes, name, own);
    for (JsonNode child : route.path("routes")) {
      List<String> matchers = new ArrayList<>();
      child.path("matchers").forEach(matcher -> matchers.add(matcher.asText()));
      String here = matchers.isEmpty() ? "everything" : String.join(", ", matchers);
      collect(child, name.equals("all alerts") ? here : name + " > " + here, routes);
    }
  }

  private static Map<String, JsonNode> named(JsonNode document, String list) {
    Map<String, JsonNode> named = new LinkedHashMap<>();
    document.path(list).forEach(node -> put(named, node.path("name").asText(), node));
    return named;
  }

  private static Map<String, JsonNode> inhibitions(JsonNode document) {
    Map<String, JsonNode> rules = new LinkedHashMap<>();
    document
        .path("inhibit_rules")
        .forEach(
            node ->
                put(
                    rules,
                    texts(node.path("source_matchers"))
                        + " silences "
                        + texts(node.path("target_matchers"))
                        + " of equal "
                        + texts(node.path("equal")),
                    node));
    return rules;
  }

  private static String texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(node -> texts.add(node.asText()));
    return String.join(", ", texts);
  }

  private static void put(Map<String, JsonNode> nodes, String name, JsonNode node) {
    String free = name;
    for (int i = 2; nodes.containsKey(free); i++) {
      free = name + " (" + i + ")";
    }
    nodes.put(free, node);
  }
}
