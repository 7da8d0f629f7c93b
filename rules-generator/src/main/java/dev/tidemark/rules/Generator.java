package dev.tidemark.rules;

import dev.tidemark.rules.catalogue.AlertCatalogue;
import dev.tidemark.rules.dashboard.Dashboards;
import dev.tidemark.rules.kubernetes.KubernetesCheck;
import dev.tidemark.rules.model.Complaints;
import dev.tidemark.rules.model.Model;
import dev.tidemark.rules.model.ModelBuilder;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.output.Facts;
import dev.tidemark.rules.output.FileSink;
import dev.tidemark.rules.route.InhibitedAlerts;
import dev.tidemark.rules.route.RoutingProof;
import dev.tidemark.rules.route.Wakes;
import dev.tidemark.rules.rule.RuleMaker;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.spec.Release;
import dev.tidemark.rules.spec.Spec;
import dev.tidemark.rules.spec.SpecReader;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.rules.spec.TargetSpec;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** From the texts of a specification to the bytes of every file. Pure: the same gives the same. */
public final class Generator {
  private Generator() {}

  /** What was made. Its files are made when they are asked for; one thread asks. */
  public static final class Output {
    private final Model model;
    private final List<ServiceRules> services;
    private final List<Placed<String>> userExpressions;
    private final List<Problem> warnings;
    private @Nullable SortedMap<String, byte[]> files;

    Output(
        Model model,
        List<ServiceRules> services,
        List<Placed<String>> userExpressions,
        List<Problem> warnings) {
      this.model = model;
      this.services = List.copyOf(services);
      this.userExpressions = List.copyOf(userExpressions);
      this.warnings = List.copyOf(warnings);
    }

    public Model model() {
      return model;
    }

    public List<ServiceRules> services() {
      return services;
    }

    /** Users' own expressions. */
    public List<Placed<String>> userExpressions() {
      return userExpressions;
    }

    /** What was read and is not used. */
    public List<Problem> warnings() {
      return warnings;
    }

    /** Path below the output folder → content. */
    public SortedMap<String, byte[]> files() {
      SortedMap<String, byte[]> made = files;
      if (made == null) {
        made = Collections.unmodifiableSortedMap(new GeneratedFiles(model, services).all());
        files = made;
      }
      return made;
    }

    /** The same files, each handed on as soon as it is made, from several threads. */
    public void to(FileSink sink) throws IOException {
      new GeneratedFiles(model, services).to(sink);
    }

    /** The dashboards alone, by their paths below their own folder. */
    public SortedMap<String, byte[]> dashboards() {
      SortedMap<String, byte[]> dashboards = new TreeMap<>();
      files()
          .forEach(
              (path, bytes) -> {
                if (path.startsWith(Dashboards.FOLDER)) {
                  dashboards.put(path.substring(Dashboards.FOLDER.length()), bytes);
                }
              });
      return dashboards;
    }

    /** What the lock says beside the files. */
    public Facts facts() {
      return LockFacts.of(model, services);
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
    /**
     * @param target the Prometheus that is to read them
     */
    List<Problem> check(List<Placed<String>> expressions, Release target);
  }

  /**
   * @throws ProblemsException with everything that is wrong
   */
  public static Output generate(List<SpecText> texts, ExpressionParser parser)
      throws ProblemsException {
    List<Problem> problems = new ArrayList<>();
    Optional<Spec> read = SpecReader.readWhatIsRight(texts, problems);
    if (read.isEmpty()) {
      throw new ProblemsException(problems);
    }
    Spec spec = read.get();
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
    if (model.target().output().value() == TargetSpec.Output.PROMETHEUS_RULE) {
      new KubernetesCheck(model, complaints).check();
    }
    RulerNotes.tell(model, services, complaints);
    if (complaints.problems().isEmpty() && spec.isWhole()) {
      new RoutingProof(model.routing(), complaints).check(services);
      new Wakes(spec, complaints).check(spec.teams(), services);
      new InhibitedAlerts(
              services, spec.teams().stream().map(t -> t.name().value()).toList(), complaints)
          .check(spec.inhibit());
    }
    problems.addAll(complaints.problems());
    problems.addAll(parser.check(userExpressions, model.target().prometheus().value()));
    if (!problems.isEmpty()) {
      throw new ProblemsException(problems);
    }
    return new Output(model, services, userExpressions, complaints.warnings());
  }

  /**
   * The rules of one service as it would be; nothing is written, and no other service is looked at.
   *
   * @param model what the specification made
   * @param texts of the specification
   * @param service one of the model's with changed alerts
   * @return empty where a value is out of bounds or anything else would be refused
   */
  static Optional<ServiceRules> remade(Model model, List<SpecText> texts, Service service) {
    Complaints complaints = new Complaints();
    List<ServiceRules> made =
        new RuleMaker(model.only(service), AlertCatalogue.MAKERS, texts, complaints).make();
    return complaints.problems().isEmpty() ? made.stream().findFirst() : Optional.empty();
  }
}
