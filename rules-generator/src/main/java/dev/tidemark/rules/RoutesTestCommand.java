package dev.tidemark.rules;

import dev.tidemark.rules.route.Inhibitions;
import dev.tidemark.rules.route.Inhibitions.Held;
import dev.tidemark.rules.route.Route;
import dev.tidemark.rules.route.Routes;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import dev.tidemark.toolkit.yaml.Nearest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says who gets an alert, and what would hold it back. */
@Command(
    name = "test",
    description = "Says which receivers alerts reach, and what would hold them back.")
final class RoutesTestCommand implements Callable<Integer> {
  @Mixin private SpecOption spec = new SpecOption();
  @Mixin private FormatOption format = new FormatOption();

  @Parameters(
      paramLabel = "LABEL=VALUE",
      description = "Labels of one alert; without any, every alert of the specification.")
  private List<String> labels = new ArrayList<>();

  @Option(
      names = "--alert",
      paramLabel = "[SERVICE/]ALERT",
      description = "Takes the labels that this alert's rule sets, before those given.")
  private @Nullable String alert;

  @Option(
      names = "--while",
      paramLabel = "LABEL=VALUE,…",
      description = "Another alert that fires at the same time; may be given often.")
  private List<String> others = new ArrayList<>();

  @Option(
      names = "--receivers",
      paramLabel = "NAME,…",
      split = ",",
      description = "Exit code 1 when any alert reaches others than these, or is held back.")
  private @Nullable List<String> expected;

  /** The outcome as JSON. */
  private record Outcome(List<One> alerts) {}

  private record One(
      SortedMap<String, String> labels,
      List<String> receivers,
      List<String> muted,
      List<String> active,
      @Nullable SortedMap<String, String> heldBackBy) {}

  @Override
  public Integer call() throws Exception {
    Optional<Generator.Output> made = spec.generate(format);
    if (made.isEmpty()) {
      return Cli.FINDINGS;
    }
    Generator.Output output = made.get();
    refuseUnknown(output);
    List<SortedMap<String, String>> firing = others.stream().map(RoutesTestCommand::other).toList();
    List<One> told =
        asked(output.services()).stream().map(labels -> one(labels, output, firing)).toList();
    format.tell(
        new Outcome(told),
        out -> {
          for (One one : told) {
            tell(one, out);
            if (expected != null && !isExpected(one)) {
              out.println(
                  "  --receivers wants "
                      + String.join(", ", expected)
                      + (isReached(one)
                          ? ", and it is held back"
                          : ", and it reaches " + reached(one)));
            }
          }
        });
    return told.stream().allMatch(this::isExpected) ? Cli.OK : Cli.FINDINGS;
  }

  /** A slip in a name is no finding. */
  private void refuseUnknown(Generator.Output output) {
    if (alert != null) {
      RuleNames.ofAlerts(output.services()).require("--alert", alert);
    }
    List<String> receivers =
        output.model().routing().receivers().stream().map(one -> one.name().value()).toList();
    for (String name : expected == null ? List.<String>of() : expected) {
      if (!receivers.contains(name)) {
        throw new ExitException(
            Cli.INVALID,
            "--receivers: no receiver " + Shown.text(name) + Nearest.instead(name, receivers));
      }
    }
  }

  /** The labels of each alert that is asked about. */
  private List<SortedMap<String, String>> asked(List<ServiceRules> services) {
    if (alert == null && !labels.isEmpty()) {
      return List.of(labels(labels));
    }
    List<SortedMap<String, String>> all = new ArrayList<>();
    for (ServiceRules service : services) {
      for (TestedRule tested : service.rules()) {
        String name = tested.rule().alert();
        if (alert == null || RuleNames.isMeant(alert, service.service().name().value(), name)) {
          SortedMap<String, String> found = new TreeMap<>(tested.rule().labels());
          found.put("alertname", name);
          found.putAll(labels(labels));
          all.add(found);
        }
      }
    }
    return all;
  }

  private static One one(
      SortedMap<String, String> labels,
      Generator.Output output,
      List<SortedMap<String, String>> firing) {
    List<Route> routes = Routes.of(output.model().routing()).routesOf(labels);
    Optional<Held> held = Inhibitions.of(output.model().routing()).holdsBack(labels, firing);
    return new One(
        labels,
        routes.stream().map(Route::receiver).toList(),
        routes.stream().flatMap(route -> route.muted().stream()).distinct().toList(),
        routes.stream().flatMap(route -> route.active().stream()).distinct().toList(),
        held.map(by -> (SortedMap<String, String>) new TreeMap<>(by.source())).orElse(null));
  }

  private boolean isExpected(One one) {
    return expected == null || (one.heldBackBy() == null && isReached(one));
  }

  /** In whatever order. */
  private boolean isReached(One one) {
    return expected != null
        && one.receivers().stream().sorted().toList().equals(expected.stream().sorted().toList());
  }

  private static void tell(One one, PrintWriter out) {
    SortedMap<String, String> rest = new TreeMap<>(one.labels());
    String name = rest.remove("alertname");
    out.println(
        (name == null ? "an alert" : shown(name)) + " " + shown(rest) + " -> " + reached(one));
    if (one.heldBackBy() != null) {
      out.println("  held back by " + shown(one.heldBackBy()));
    }
    if (!one.muted().isEmpty()) {
      out.println("  not sent during " + String.join(", ", one.muted()));
    }
    if (!one.active().isEmpty()) {
      out.println("  only sent during " + String.join(", ", one.active()));
    }
  }

  private static String reached(One one) {
    return one.receivers().isEmpty() ? "nobody" : String.join(", ", one.receivers());
  }

  private static String shown(SortedMap<String, String> labels) {
    SortedMap<String, String> shown = new TreeMap<>();
    labels.forEach((name, value) -> shown.put(name, shown(value)));
    return shown.toString();
  }

  /** On one line, whatever it is; as it is where that can be read. */
  private static String shown(String value) {
    String quoted = Shown.text(value);
    return quoted.equals('"' + value + '"') && !value.isEmpty() ? value : quoted;
  }

  private static SortedMap<String, String> other(String text) {
    return labels(List.of(text.split(",")));
  }

  private static SortedMap<String, String> labels(List<String> pairs) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (String pair : pairs) {
      int equal = pair.indexOf('=');
      if (equal < 1) {
        throw new ExitException(
            Cli.INVALID, "found " + Shown.text(pair) + ", needs LABEL=VALUE, as severity=critical");
      }
      String value = pair.substring(equal + 1);
      boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
      labels.put(pair.substring(0, equal), quoted ? value.substring(1, value.length() - 1) : value);
    }
    return labels;
  }
}
