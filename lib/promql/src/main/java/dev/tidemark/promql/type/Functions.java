package dev.tidemark.promql.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The functions of Prometheus 2.42 to 3.16. Source: promql/parser/functions.go and CHANGELOG.md of
 * prometheus/prometheus; tried on 2.42, 2.53 and 3.5.
 */
public final class Functions {
  private static final int ANY = Integer.MAX_VALUE;
  private static final Pattern LINE =
      Pattern.compile(
          "(?<name>\\w+)\\((?<arguments>[^)]*)\\) (?<result>\\w+) (?<since>[0-9.]+)"
              + "(?<trial> trial(?: (?<stable>[0-9.]+))?)?(?: flag=(?<flag>\\S+))?"
              + "(?: gone (?<gone>[0-9.]+))?");
  private static final Map<String, Function> ALL = all();

  private Functions() {}

  public static Optional<Function> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** By name, sorted. */
  public static Map<String, Function> byName() {
    return ALL;
  }

  private static Map<String, Function> all() {
    Map<String, Function> all = new TreeMap<>();
    FunctionTable.TEXT
        .lines()
        .map(Functions::function)
        .forEach(function -> all.put(function.name(), function));
    return Collections.unmodifiableMap(all);
  }

  private static Function function(String text) {
    Matcher line = LINE.matcher(text);
    if (!line.matches()) {
      throw new IllegalStateException("no line of the table: " + text);
    }
    List<ValueType> types = new ArrayList<>();
    int least = 0;
    int most = 0;
    for (String argument : arguments(line.group("arguments"))) {
      String type = argument.replaceAll("[^a-z].*", "");
      String many = argument.substring(type.length());
      types.add(ValueType.valueOf(type.toUpperCase(Locale.ROOT)));
      least += many.isEmpty() ? 1 : 0;
      most =
          switch (many) {
            case "", "?" -> most + 1;
            case "*" -> ANY;
            default -> most + Integer.parseInt(many.substring(1));
          };
    }
    ValueType result = ValueType.valueOf(line.group("result").toUpperCase(Locale.ROOT));
    return new Function(line.group("name"), types, least, most, result, feature(line));
  }

  private static List<String> arguments(String list) {
    return list.isEmpty() ? List.of() : Arrays.asList(list.split(", "));
  }

  private static Feature feature(Matcher line) {
    @Nullable String named = line.group("flag");
    @Nullable String flag =
        line.group("trial") == null ? null : named == null ? Features.FUNCTIONS_FLAG : named;
    return new Feature(
        "the function " + line.group("name"),
        Release.parse(line.group("since")),
        flag,
        release(line.group("stable")),
        release(line.group("gone")));
  }

  private static @Nullable Release release(@Nullable String text) {
    return text == null ? null : Release.parse(text);
  }
}
