package dev.tidemark.rules.model;

import dev.tidemark.rules.spec.AlertSpec;
import dev.tidemark.rules.spec.Engine;
import dev.tidemark.rules.spec.PolicySpec;
import dev.tidemark.rules.spec.ServiceSpec;
import dev.tidemark.rules.spec.Spec;
import dev.tidemark.rules.spec.TargetSpec;
import dev.tidemark.rules.spec.TeamSpec;
import dev.tidemark.toolkit.config.PromDuration;
import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Nearest;
import dev.tidemark.toolkit.yaml.Placed;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks a specification and makes the model of it; tells everything that is wrong at once. */
public final class ModelBuilder {
  private static final List<Feature> ALWAYS_NEEDED =
      List.of(Feature.KEEP_FIRING_FOR, Feature.MATCHERS);

  /** A series not updated for five minutes is gone, so a slower group sees gaps. */
  private static final Duration SLOWEST_GROUP = Duration.ofMinutes(5);

  private final Spec spec;
  private final Complaints complaints;
  private final Names names;

  public ModelBuilder(Spec spec, Complaints complaints) {
    this.spec = spec;
    this.complaints = complaints;
    this.names = new Names(complaints);
  }

  /** The model; {@link Complaints#problems} says whether it may be used. */
  public Model build() {
    target();
    Settings settings = settings();
    List<Service> services = services(settings);
    Routing routing = new RoutingBuilder(spec, complaints).build();
    Placed<String> folder = spec.dashboards().folder();
    if (folder != null) {
      names.plain("folder", folder);
    }
    return new Model(
        spec.target(),
        settings,
        services,
        routing,
        spec.dashboards(),
        maxRules(),
        complaints.warnings());
  }

  private static final String NOT_USED = "is read, and nothing is made of it by this release";

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
    if (target.output().value() != TargetSpec.Output.FILES) {
      complaints.add(target.output(), "output: only files can be written by this release");
    }
  }

  private Settings settings() {
    positive("scrapeInterval", spec.defaults().scrapeInterval());
    Placed<Duration> interval = spec.defaults().groupInterval();
    positive("groupInterval", interval);
    if (interval.value().compareTo(SLOWEST_GROUP) > 0) {
      complaints.add(
          interval,
          "groupInterval: found "
              + PromDuration.format(interval.value())
              + ", needs 5m or less: Prometheus forgets a series after five minutes, so alerts would"
              + " have gaps");
    }
    Placed<String> runbook = spec.defaults().runbook();
    if (runbook != null) {
      names.visible("runbook", runbook);
    }
    return new Settings(
        spec.defaults().scrapeInterval().value(),
        interval.value(),
        spec.defaults().retention().value(),
        runbook == null ? "" : runbook.value());
  }

  private List<Service> services(Settings settings) {
    if (spec.services().isEmpty()) {
      complaints.add(spec.target().prometheus().place(), "services: needs at least one service");
    }
    names.unique("the service", spec.services().stream().map(ServiceSpec::name).toList());
    List<String> teams = spec.teams().stream().map(TeamSpec::name).map(Placed::value).toList();
    List<Service> services = new ArrayList<>();
    for (ServiceSpec service : spec.services()) {
      names.plain("name", service.name());
      if (!teams.contains(service.team().value())) {
        complaints.add(service.team(), "team: " + unknown("team", service.team().value(), teams));
      }
      unused("fleet", service.fleet());
      unused("requests", service.requests());
      services.add(
          new Service(
              service.name(),
              service.team().value(),
              new Selections(complaints, spec.defaults().scrapeInterval().value()).of(service),
              Optional.ofNullable(service.memoryLimit()).map(Placed::value),
              settings,
              service.alerts().stream().map(this::alert).toList()));
      if (service.memoryLimit() != null && service.memoryLimit().value().bytes() == 0) {
        complaints.add(service.memoryLimit(), "memoryLimit: needs more than 0");
      }
    }
    return services;
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
        Optional.ofNullable(alert.runbook()));
  }

  private Optional<Placed<Integer>> maxRules() {
    PolicySpec policy = spec.policy();
    if (policy == null) {
      return Optional.empty();
    }
    unused("maxSeriesAdded", policy.maxSeriesAdded());
    unused("requireTests", policy.requireTests());
    return Optional.ofNullable(policy.maxRules());
  }

  private void unused(String key, @Nullable Placed<?> value) {
    if (value != null) {
      complaints.warn(value, key + ": " + NOT_USED);
    }
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
