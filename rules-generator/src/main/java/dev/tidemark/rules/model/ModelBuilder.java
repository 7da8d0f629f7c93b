package dev.tidemark.rules.model;

import dev.tidemark.rules.spec.AlertSpec;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.PolicySpec;
import dev.tidemark.rules.spec.ServiceSpec;
import dev.tidemark.rules.spec.Spec;
import dev.tidemark.rules.spec.TargetSpec;
import dev.tidemark.rules.spec.TeamSpec;
import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Nearest;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks a specification and makes the model of it; tells everything that is wrong at once. */
public final class ModelBuilder {
  private static final List<Feature> ALWAYS_NEEDED =
      List.of(Feature.KEEP_FIRING_FOR, Feature.MATCHERS);

  private final Spec spec;
  private final Complaints complaints;
  private final Names names;
  private final Groups groups;

  public ModelBuilder(Spec spec, Complaints complaints) {
    this.spec = spec;
    this.complaints = complaints;
    this.names = new Names(complaints);
    this.groups = new Groups(complaints);
  }

  /** The model; {@link Complaints#problems} says whether it may be used. */
  public Model build() {
    target();
    Settings settings = settings();
    List<Service> services = services(settings);
    new Overlaps(complaints).check(services);
    Routing routing = new RoutingBuilder(spec, complaints).build();
    Placed<String> folder = spec.dashboards().folder();
    if (folder != null) {
      names.plain("folder", folder);
    }
    return new Model(
        spec.target(), settings, services, routing, spec.dashboards(), spec.kubernetes(), policy());
  }

  /** An empty Go program takes more from the system. */
  private static final long SMALLEST_LIMIT = 1 << 20;

  private static final int LARGEST_FLEET = 1_000_000;

  /** The model, or every problem at once. */
  public static Model check(Spec spec) throws ProblemsException {
    Complaints complaints = new Complaints();
    Model model = new ModelBuilder(spec, complaints).build();
    if (!complaints.problems().isEmpty()) {
      throw new ProblemsException(complaints.problems());
    }
    return model;
  }

  private void target() {
    TargetSpec target = spec.target();
    for (Feature needed : ALWAYS_NEEDED) {
      if (!needed.isIn(target)) {
        complaints.add(needed.stated(target), needed.missing(target));
      }
    }
    new Rulers(spec, complaints).check();
  }

  private Settings settings() {
    positive("scrapeInterval", spec.defaults().scrapeInterval());
    groups.defaults(spec.defaults().groupInterval(), spec.defaults().queryOffset());
    Placed<String> runbook = spec.defaults().runbook();
    if (runbook != null) {
      names.visible("runbook", runbook);
    }
    return new Settings(
        spec.defaults().scrapeInterval().value(),
        spec.defaults().groupInterval().value(),
        spec.routing().groupInterval().value(),
        spec.defaults().retention().value(),
        Optional.of(spec.defaults().queryOffset().value()).filter(o -> !o.isZero()),
        0,
        runbook == null ? "" : runbook.value());
  }

  private List<Service> services(Settings settings) {
    if (spec.services().isEmpty() && spec.isWhole()) {
      complaints.add(spec.target().prometheus().place(), "services: needs at least one service");
    }
    names.unique("the service", spec.services().stream().map(ServiceSpec::name).toList());
    List<String> teams = spec.teams().stream().map(TeamSpec::name).map(Placed::value).toList();
    List<Service> services = new ArrayList<>();
    for (ServiceSpec service : spec.services()) {
      names.plain("name", service.name());
      if (!teams.contains(service.team().value()) && spec.knowsNames()) {
        complaints.add(service.team(), "team: " + unknown("team", service.team().value(), teams));
      }
      if (service.alerts().isEmpty() && service.records().isEmpty()) {
        complaints.warn(
            service.name(),
            "alerts: "
                + Shown.text(service.name().value())
                + " has none, so nobody hears of its troubles");
      }
      services.add(
          new Service(
              service.name(),
              service.team().value(),
              new Selections(complaints, spec.defaults().scrapeInterval().value()).of(service),
              Optional.ofNullable(service.memoryLimit()).map(Placed::value),
              replicas(service),
              Optional.ofNullable(service.requests()),
              groups.of(service, settings),
              service.records(),
              service.alerts().stream().map(this::alert).toList()));
      memoryLimit(service);
    }
    return services;
  }

  private void memoryLimit(ServiceSpec service) {
    Placed<ByteSize> limit = service.memoryLimit();
    if (limit != null && limit.value().bytes() < SMALLEST_LIMIT) {
      complaints.add(
          limit,
          "memoryLimit: found "
              + limit.value().bytes()
              + " bytes, less than any Go program needs: needs a unit, as in 512Mi");
    }
  }

  private Optional<Integer> replicas(ServiceSpec service) {
    if (service.fleet() == null) {
      return Optional.empty();
    }
    Placed<Integer> replicas = service.fleet().replicas();
    if (replicas.value() < 1 || replicas.value() > LARGEST_FLEET) {
      complaints.add(
          replicas, "replicas: found " + replicas.value() + ", needs 1 to " + LARGEST_FLEET);
    }
    return Optional.of(replicas.value());
  }

  private Alert alert(AlertSpec alert) {
    if ((alert.use() == null) == (alert.expr() == null)) {
      complaints.add(
          alert.place(),
          "an alert needs either use (one of the catalogue) or name and expr (your own)");
    }
    if (alert.use() == null && alert.name() == null && alert.expr() != null) {
      complaints.add(alert.place(), "an alert of your own needs a name");
    }
    if (alert.use() == null) {
      alert.with().values().stream()
          .findFirst()
          .ifPresent(p -> complaints.add(p, "with: only an alert of the catalogue has parameters"));
    }
    if (alert.use() != null) {
      alert.tests().stream()
          .findFirst()
          .ifPresent(
              test ->
                  complaints.add(
                      test.place(), "tests: only for an alert of your own; the catalogue has its"));
    }
    Placed<Engine> engine = alert.engine();
    return new Alert(
        alert.place(),
        Optional.ofNullable(alert.use()),
        Optional.ofNullable(alert.name()),
        Optional.ofNullable(alert.expr()),
        alert.with(),
        engine == null ? spec.target().engine().value() : engine.value(),
        Optional.ofNullable(alert.severity()),
        Optional.ofNullable(alert.forDuration()).map(Placed::value),
        Optional.ofNullable(alert.keepFiringFor()).map(Placed::value),
        alert.labels(),
        alert.annotations(),
        Optional.ofNullable(alert.runbook()),
        alert.tests());
  }

  private Policy policy() {
    PolicySpec policy = spec.policy();
    return policy == null
        ? new Policy(Optional.empty(), Optional.empty(), /* requireTests= */ false)
        : new Policy(
            Optional.ofNullable(policy.maxRules()),
            Optional.ofNullable(policy.maxSeriesAdded()),
            policy.requireTests() && spec.isWhole());
  }

  private void positive(String key, Placed<Duration> duration) {
    if (duration.value().isZero()) {
      complaints.add(duration, key + ": needs more than 0");
    }
  }

  static String unknown(String what, String found, List<String> known) {
    String hint =
        Nearest.of(found, known)
            .map(near -> ", did you mean " + near + "?")
            .orElse(known.isEmpty() ? ", there is none" : ", needs one of " + some(known));
    return "no " + what + " " + Shown.text(found) + hint;
  }

  private static String some(List<String> known) {
    int most = 10;
    String all = String.join(", ", known.stream().limit(most).toList());
    return known.size() > most ? all + " and " + (known.size() - most) + " more" : all;
  }
}
