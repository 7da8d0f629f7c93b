package dev.tidemark.rules;

import dev.tidemark.rules.catalogue.AlertCatalogue;
import dev.tidemark.rules.dashboard.DashboardJson;
import dev.tidemark.rules.dashboard.Dashboards;
import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.model.Model;
import dev.tidemark.rules.model.ModelBuilder;
import dev.tidemark.rules.output.YamlText;
import dev.tidemark.rules.route.AlertmanagerConfig;
import dev.tidemark.rules.rule.RuleDocument;
import dev.tidemark.rules.rule.RuleMaker;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.spec.Spec;
import dev.tidemark.rules.spec.SpecReader;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.rules.test.KnownShapes;
import dev.tidemark.rules.test.PromtoolTests;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** From the texts of a specification to the bytes of every file. Pure: the same gives the same. */
public final class Generator {
  private static final String COMMENT =
      "Written by tidemark rules generate. Edit the specification, not this file.";

  private Generator() {}

  /**
   * What was made.
   *
   * @param files path below the output folder → content
   * @param userExpressions users' own expressions
   * @param warnings what was read and is not used
   */
  public record Output(
      SortedMap<String, byte[]> files,
      List<ServiceRules> services,
      List<Placed<String>> userExpressions,
      List<Problem> warnings) {
    public Output {
      files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
      services = List.copyOf(services);
      userExpressions = List.copyOf(userExpressions);
      warnings = List.copyOf(warnings);
    }

    /** The dashboards alone, by their paths below their own folder. */
    public SortedMap<String, byte[]> dashboards() {
      SortedMap<String, byte[]> dashboards = new TreeMap<>();
      files.forEach(
          (path, bytes) -> {
            if (path.startsWith(Dashboards.FOLDER)) {
              dashboards.put(path.substring(Dashboards.FOLDER.length()), bytes);
            }
          });
      return dashboards;
    }

    /** How many rules there are. */
    public int rules() {
      return services.stream()
          .mapToInt(service -> service.recordings().size() + service.rules().size())
          .sum();
    }
  }

  /** A second opinion on users' own expressions, which ours has read; answers with the problems. */
  public interface ExpressionParser {
    List<Problem> check(List<Placed<String>> expressions);
  }

  /**
   * @throws ProblemsException with everything that is wrong
   */
  public static Output generate(List<SpecText> texts, ExpressionParser parser)
      throws ProblemsException {
    Spec spec = SpecReader.read(texts);
    Complaints complaints = new Complaints();
    Model model = new ModelBuilder(spec, complaints).build();
    List<ServiceRules> services =
        new RuleMaker(model, AlertCatalogue.MAKERS, texts, complaints).make();
    List<Placed<String>> userExpressions =
        services.stream()
            .flatMap(service -> service.rules().stream())
            .map(ServiceRules.TestedRule::userExpr)
            .flatMap(Optional::stream)
            .toList();
    List<Problem> problems = new ArrayList<>(complaints.problems());
    problems.addAll(parser.check(userExpressions));
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    KnownShapes shapes = new KnownShapes();
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (ServiceRules service : services) {
      if (!service.rules().isEmpty()) {
        write(service, model, shapes, files);
      }
    }
    put(files, "alertmanager/alertmanager.yml", AlertmanagerConfig.document(model.routing()));
    Dashboards.of(model, services)
        .forEach((path, json) -> files.put(Dashboards.FOLDER + path, DashboardJson.bytes(json)));
    return new Output(files, services, userExpressions, model.warnings());
  }

  private static void write(
      ServiceRules rules, Model model, KnownShapes shapes, SortedMap<String, byte[]> files) {
    String team = rules.service().team();
    String service = rules.service().name().value();
    put(
        files,
        "rules/" + team + "/" + service + ".yml",
        RuleDocument.of(rules, model.settings().groupInterval()));
    put(
        files,
        "tests/" + team + "/" + service + "_test.yml",
        new PromtoolTests(rules, model.settings().groupInterval())
            .document(
                "../../rules/" + team + "/" + service + ".yml",
                tested -> shapes.isKnown(rules, tested)));
  }

  private static void put(Map<String, byte[]> files, String path, Map<String, Object> document) {
    files.put(path, YamlText.of(COMMENT, document).getBytes(StandardCharsets.UTF_8));
  }
}
