package dev.tidemark.rules;

import dev.tidemark.rules.first.FirstSpec;
import dev.tidemark.rules.first.GoService;
import dev.tidemark.rules.first.OptIn;
import dev.tidemark.rules.first.Survey;
import dev.tidemark.rules.first.Surveyed;
import dev.tidemark.rules.spec.Release;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.signals.signal.Support;
import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a first specification from what a Prometheus scrapes. */
@Command(
    name = "init",
    description =
        "Asks a Prometheus which Go services there are, and writes a first specification.")
final class InitCommand implements Callable<Integer> {
  /** Older ones have no keep_firing_for. */
  private static final Release OLDEST = new Release(2, 42);

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write the specification; one that is there is not replaced.")
  private @Nullable Path out;

  @Option(
      names = "--team",
      defaultValue = "first",
      paramLabel = "NAME",
      description = "What the one team is called. Default: ${DEFAULT-VALUE}.")
  private String team = "first";

  /** The outcome as JSON. */
  private record Outcome(List<One> services, List<String> notes, String spec) {}

  private record One(
      String name,
      Map<String, String> selector,
      int targets,
      List<String> workloads,
      @Nullable String memoryLimit,
      List<String> exact,
      Map<String, String> estimated,
      List<String> notJudged,
      @Nullable String optIn,
      List<String> opens,
      Map<String, List<String>> otherNeeds) {}

  @Override
  public Integer call() throws Exception {
    if (out != null && Files.exists(out)) {
      throw new ExitException(Cli.INVALID, out + ": is there already; name another file");
    }
    if (!server.isGiven()) {
      throw new ExitException(Cli.INVALID, "needs --prometheus, the server to ask");
    }
    List<String> notes = new ArrayList<>();
    Surveyed found;
    Release release;
    try (ServerOption asked = server) {
      release = release(asked.version(), notes);
      found = Survey.of(asked::rows, () -> asked.targets(notes::add));
    }
    notes.addAll(found.notes());
    if (found.services().isEmpty()) {
      notes.forEach(note -> format.err().println("note: " + note));
      format.err().println("no Go service: the server had no go_info within the last hour");
      format.err().flush();
      return Cli.FINDINGS;
    }
    String spec = FirstSpec.of(found, release.toString(), team);
    String file = out == null ? "first specification" : out.toString();
    if (SpecOption.generate(List.of(new SpecText(file, spec)), format).isEmpty()) {
      return Cli.FINDINGS;
    }
    if (out != null) {
      Files.writeString(out, spec, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    }
    List<One> services = found.services().stream().map(InitCommand::one).toList();
    format.tell(
        new Outcome(services, notes, spec),
        print -> {
          // what is printed can be piped into a file: all else goes to stderr then
          PrintWriter report = out == null ? format.err() : print;
          if (out == null) {
            print.print(spec);
          }
          Map<Object, List<One>> alike = new LinkedHashMap<>();
          services.forEach(
              one -> alike.computeIfAbsent(judged(one), key -> new ArrayList<>()).add(one));
          alike.values().forEach(group -> tell(group, report));
          notes.forEach(note -> report.println("note: " + note));
          report.println(
              services.size()
                  + (services.size() == 1 ? " service" : " services")
                  + (out == null ? "" : " written to " + out)
                  + "; the receiver and the address of runbooks are placeholders");
          if (out != null) {
            report.println(
                "next: put them right, then tidemark rules generate --spec "
                    + out
                    + " --out DIR, which says how servers load it");
          }
        });
    return Cli.OK;
  }

  private static Release release(String version, List<String> notes) {
    try {
      Release release = Release.parse(version.replaceFirst("[-+].*", ""));
      if (!release.isBefore(OLDEST) && release.major() <= 3) {
        return release;
      }
    } catch (IllegalArgumentException e) {
      // not one of Prometheus
    }
    notes.add(
        (version.isEmpty() ? "the server does not say its release" : "the server is " + version)
            + ", which is no Prometheus from 2.42 on: 2.42 is written");
    return OLDEST;
  }

  private static One one(GoService service) {
    OptIn optIn = OptIn.of(service);
    List<String> exact = new ArrayList<>();
    Map<String, String> estimated = new LinkedHashMap<>();
    List<String> not = new ArrayList<>();
    for (Support support : service.supports()) {
      String id = support.signal().id();
      if (!support.isSupported()) {
        not.add(id);
      } else if (support.basis().equals("exact")) {
        exact.add(id);
      } else {
        estimated.put(id, support.basis());
      }
    }
    return new One(
        service.name(),
        service.selector(),
        service.targets(),
        service.workloads(),
        service.memoryLimit().map(ByteSize::toString).orElse(null),
        exact,
        estimated,
        not,
        optIn.go().orElse(null),
        optIn.opens(),
        optIn.others());
  }

  /** Services of which the same can be said. */
  private static Object judged(One one) {
    return List.of(
        one.exact(),
        one.estimated(),
        one.notJudged(),
        String.valueOf(one.optIn()),
        one.opens(),
        one.otherNeeds());
  }

  /** What each is, then once what all can be judged by. */
  private static void tell(List<One> alike, PrintWriter out) {
    alike.forEach(one -> out.println(head(one)));
    if (alike.size() > 1) {
      out.println("  of " + (alike.size() == 2 ? "both" : "all " + alike.size()) + ":");
    }
    String indent = alike.size() > 1 ? "    " : "  ";
    judgements(alike.get(0)).forEach(line -> out.println(indent + line));
  }

  private static List<String> judgements(One one) {
    List<String> lines = new ArrayList<>();
    list("judged exactly", one.exact(), lines);
    Map<String, List<String>> estimated = new LinkedHashMap<>();
    one.estimated()
        .forEach((id, how) -> estimated.computeIfAbsent(how, h -> new ArrayList<>()).add(id));
    list(
        "estimated",
        estimated.entrySet().stream()
            .map(e -> String.join(", ", e.getValue()) + " (" + e.getKey() + ")")
            .toList(),
        lines);
    list("not judged", one.notJudged(), lines);
    if (one.optIn() != null) {
      lines.add(
          "this line of Go "
              + (one.opens().isEmpty()
                  ? "helps"
                  : "adds or makes exact " + String.join(", ", one.opens())));
      lines.add("  " + one.optIn());
    }
    missing(one.otherNeeds(), lines);
    return lines;
  }

  /**
   * A line for each thing there is to do, however many metrics and signals it is for.
   *
   * @param needs {@code METRIC: what to do} → signals
   */
  private static void missing(Map<String, List<String>> needs, List<String> lines) {
    Map<String, List<String>> metrics = new LinkedHashMap<>();
    Map<String, Set<String>> signals = new LinkedHashMap<>();
    needs.forEach(
        (need, ids) -> {
          int colon = need.indexOf(": ");
          String what = need.substring(colon + 2);
          metrics.computeIfAbsent(what, w -> new ArrayList<>()).add(need.substring(0, colon));
          signals.computeIfAbsent(what, w -> new LinkedHashSet<>()).addAll(ids);
        });
    metrics.forEach(
        (what, all) ->
            lines.add(
                String.join(", ", signals.getOrDefault(what, Set.of()))
                    + ": needs "
                    + String.join(", ", all)
                    + ": "
                    + (all.size() == 1 ? what : what.replaceFirst("^it comes", "they come"))));
  }

  private static String head(One one) {
    return one.name()
        + "  "
        + one.selector().entrySet().stream()
            .map(label -> label.getKey() + "=" + Shown.text(label.getValue()))
            .collect(Collectors.joining(", ", "{", "}"))
        + ", "
        + one.targets()
        + (one.targets() == 1 ? " target" : " targets")
        + (one.memoryLimit() == null ? "" : ", memory limit " + one.memoryLimit());
  }

  private static void list(String what, List<String> words, List<String> lines) {
    if (!words.isEmpty()) {
      lines.add(what + ": " + String.join(", ", words));
    }
  }
}
