package dev.tidemark.e2e.corpus.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.corpus.data.Part;
import dev.tidemark.signals.target.Workload;
import dev.tidemark.signals.target.WorkloadResolver;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final double WEEK = 168;

  @Test
  void the_same_seeds_give_the_same_pods() {
    assertThat(plan(Part.TEST, 2).toString().replaceAll("Lambda[^,]*", ""))
        .isEqualTo(plan(Part.TEST, 2).toString().replaceAll("Lambda[^,]*", ""));
  }

  @Test
  void no_pod_and_no_seed_of_one_part_is_in_the_other() {
    Set<String> names = names(Part.TRAIN);
    names.retainAll(names(Part.TEST));
    assertThat(names).isEmpty();
    Set<Long> seeds = seeds(Part.TRAIN);
    seeds.retainAll(seeds(Part.TEST));
    assertThat(seeds).isEmpty();
  }

  @Test
  void a_pod_has_a_name_of_its_own_that_tells_its_workload() {
    List<Plan.Cast> cast = plan(Part.TRAIN, 3).cast();
    assertThat(cast.stream().map(c -> c.pod().name())).doesNotHaveDuplicates();
    for (Plan.Cast c : cast) {
      Map<String, String> labels = Map.of("namespace", "corpus", "pod", c.pod().name());
      assertThat(WorkloadResolver.byNames().resolve(labels).map(Workload::name))
          .contains(c.pod().workload());
    }
  }

  @Test
  void three_seeds_are_more_than_twenty_behaviours_and_enough_of_each_kind() {
    assertThat(Healthy.all()).hasSizeGreaterThan(20);
    assertThat(Leaking.all()).hasSizeGreaterThan(20);
    List<Plan.Cast> cast = plan(Part.TEST, 3).cast();
    assertThat(cast.stream().filter(c -> c.pod().leak() != null)).hasSizeGreaterThan(60);
  }

  @Test
  void every_leak_begins_after_a_time_without_one_or_with_a_new_version() {
    for (Plan.Cast c : plan(Part.TEST, 3).cast()) {
      if (c.pod().leak() != null) {
        assertThat(c.pod().leak().start()).as(c.pod().name()).isBetween(0.3 * WEEK, 0.85 * WEEK);
        assertThat(c.pod().leak().perHour()).as(c.pod().name()).isPositive();
      }
    }
  }

  @Test
  void processes_of_a_pod_follow_one_another() {
    for (Plan.Cast c : plan(Part.TEST, 3).cast()) {
      double until = 0;
      for (Pod.Run run : c.pod().runs()) {
        assertThat(run.from()).as(c.pod().name()).isGreaterThanOrEqualTo(until);
        assertThat(run.until()).as(c.pod().name()).isGreaterThan(run.from());
        until = run.until();
      }
    }
  }

  private static Plan plan(Part part, int seeds) {
    return Plan.of(part, seeds, WEEK, Plan.behaviours());
  }

  private static Set<String> names(Part part) {
    Set<String> names = new HashSet<>();
    plan(part, 3).cast().forEach(c -> names.add(c.pod().name()));
    return names;
  }

  private static Set<Long> seeds(Part part) {
    Set<Long> seeds = new HashSet<>();
    plan(part, 3).cast().forEach(c -> seeds.add(c.seed()));
    return seeds;
  }
}
