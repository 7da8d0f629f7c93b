package dev.tidemark.diagnosis.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.diagnosis.ProfileBytes;
import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.pprof.Profile;
import dev.tidemark.diagnosis.pprof.ProfileLimits;
import dev.tidemark.diagnosis.pprof.ProfileReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HeapDiffTest {
  private static final String PUT = "main.put /src/cache.go:31";
  private static final String MAIN = "main.main /src/main.go:9";

  private static Profile profile(ProfileBytes bytes) {
    try {
      return ProfileReader.read(
          new ByteArrayInputStream(bytes.toBytes()), ProfileLimits.defaults());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** In bytes and objects held, nothing else. */
  private static Profile held(String text, long... bytesAndObjects) {
    ProfileBytes bytes =
        new ProfileBytes().type("inuse_objects", "count").type("inuse_space", "bytes");
    int at = 0;
    for (String stack : text.split(";")) {
      bytes.sample(List.of(stack.split(",")), bytesAndObjects[at + 1], bytesAndObjects[at]);
      at += 2;
    }
    return profile(bytes);
  }

  private static HeapReport diff(Profile base, Profile target) throws IOException {
    HeapDiff diff = new HeapDiff(HeapOptions.defaults());
    diff.add("a", base, "b", target);
    return diff.report();
  }

  private static Map<String, List<Long>> functions(HeapReport report) {
    return report.functions().stream()
        .collect(
            Collectors.toMap(
                HeapReport.FunctionDelta::function, f -> List.of(f.flatDelta(), f.cumDelta())));
  }

  @Test
  void a_function_that_calls_itself_counts_once_and_inlined_ones_by_themselves() throws Exception {
    Profile base = held(PUT + "," + MAIN, 10, 1);
    Profile target =
        held(
            "main.walk /src/w.go:1,main.walk /src/w.go:2,main.walk /src/w.go:2,"
                + MAIN
                + ";main.inner /src/i.go:5 < main.outer /src/i.go:9,"
                + MAIN,
            100,
            1,
            7,
            1);
    assertThat(functions(diff(base, target)))
        .isEqualTo(
            Map.of(
                "main.put", List.of(-10L, -10L),
                "main.walk", List.of(100L, 100L),
                "main.inner", List.of(7L, 7L),
                "main.outer", List.of(0L, 7L),
                "main.main", List.of(0L, 97L)));
  }

  @Test
  void what_did_not_change_is_left_out() throws Exception {
    HeapReport report = diff(held(PUT + "," + MAIN, 10, 1), held(PUT + "," + MAIN, 10, 1));
    assertThat(report.functions()).isEmpty();
    assertThat(report.paths()).isEmpty();
    assertThat(report.clusters()).isEmpty();
    assertThat(report.total()).isEqualTo(new HeapReport.Total(10, 10, 0));
    assertThat(report.worst()).isEqualTo(Verdict.NORMAL);
  }

  @Test
  void frames_that_the_target_wants_hidden_are_hidden_with_what_they_call() throws Exception {
    UnaryOperator<ProfileBytes> sample =
        to ->
            to.sample(
                List.of("runtime.mallocgc /go/m.go:1", "runtime.makeslice /go/s.go:2", PUT, MAIN),
                0,
                0,
                1,
                64);
    Profile target = profile(sample.apply(ProfileBytes.heap()).dropFrames("runtime\\..*"));
    Profile base = profile(ProfileBytes.heap());
    assertThat(functions(diff(base, target)))
        .isEqualTo(Map.of("main.put", List.of(64L, 64L), "main.main", List.of(0L, 64L)));
    // an expression that no engine compiles hides nothing
    Profile broken = profile(sample.apply(ProfileBytes.heap()).dropFrames("(("));
    assertThat(functions(diff(base, broken))).containsKey("runtime.mallocgc");
    // where all is hidden from the root on, the stack stays
    Profile all = profile(sample.apply(ProfileBytes.heap()).dropFrames(".*"));
    assertThat(functions(diff(base, all))).containsKey("runtime.mallocgc");
  }

  @Test
  void paths_are_ranked_by_growth_and_merged_over_sizes_and_addresses() throws Exception {
    Profile base = held(PUT + "," + MAIN, 1000, 10);
    Profile target =
        held(
            PUT + "," + MAIN + ";" + MAIN + ";" + PUT + "," + MAIN,
            500_000,
            900,
            40,
            1,
            500_000,
            900);
    HeapReport report = diff(base, target);
    assertThat(report.paths()).hasSize(2);
    HeapReport.PathDelta first = report.paths().get(0);
    assertThat(first.rank()).isEqualTo(1);
    assertThat(first.base()).isEqualTo(1000);
    assertThat(first.delta()).isEqualTo(999_000);
    assertThat(first.objects()).isEqualTo(1790);
    assertThat(first.stack())
        .containsExactly(
            new Frame("main.put", "/src/cache.go", 31), new Frame("main.main", "/src/main.go", 9));
    assertThat(first.share()).isBetween(0.999, 1.0);
    assertThat(first.finding().id()).isEqualTo("heap-path-growth");
    assertThat(first.finding().reason())
        .isEqualTo("gained 976 KiB in 1,790 objects, 100 % of all growth");
    assertThat(report.worst()).isEqualTo(Verdict.LEAK);
  }

  @Test
  void a_gain_within_chance_of_sampling_is_no_finding() throws Exception {
    for (long samples : List.of(1, 3, 4, 40)) {
      ProfileBytes target =
          new ProfileBytes().type("inuse_objects", "count").type("inuse_space", "bytes");
      target.field(12, 524288);
      target.periodType("space", "bytes");
      target.sample(List.of(PUT, MAIN), samples * 5000, samples * 524288);
      String finding = diff(held(MAIN, 8, 1), profile(target)).paths().get(0).finding().id();
      assertThat(finding)
          .as(samples + " samples")
          .isEqualTo(samples < 4 ? "heap-noise" : "heap-path-growth");
    }
  }

  @Test
  void each_rule_decides_where_it_should() throws Exception {
    Profile none = held(MAIN, 1000, 1);
    assertThat(finding(none, held(MAIN, 1400, 400))).isEqualTo("heap-normal");
    assertThat(finding(none, held(MAIN, 2000, 600))).isEqualTo("heap-path-growth");
    assertThat(finding(none, held(MAIN, 90 << 20, 3))).isEqualTo("heap-large-objects");
    String start = "regexp.compile /go/r.go:1,runtime.doInit /go/p.go:2," + MAIN;
    assertThat(finding(none, held(start, 90_000, 900))).isEqualTo("heap-start-up");
    // much more is held already, so it may just be what came last
    assertThat(
            diff(held(MAIN, 90_000_000, 9), held(PUT + ";" + MAIN, 9000, 900, 90_000_000, 9))
                .worst())
        .isEqualTo(Verdict.SUSPECT);
  }

  private static String finding(Profile base, Profile target) throws IOException {
    return diff(base, target).paths().get(0).finding().id();
  }

  @Test
  void values_that_tell_no_holding_are_not_judged() throws Exception {
    HeapDiff diff = new HeapDiff(new HeapOptions("alloc_space", 500));
    diff.add(
        "a",
        profile(ProfileBytes.heap()),
        "b",
        profile(ProfileBytes.heap().sample(List.of(MAIN), 99_999, 99_999_999, 0, 0)));
    assertThat(diff.report().paths().get(0).delta()).isEqualTo(99_999_999);
    assertThat(diff.report().worst()).isEqualTo(Verdict.NORMAL);
  }

  @Test
  void the_same_path_on_most_nodes_is_a_leak() throws Exception {
    HeapDiff diff = new HeapDiff(HeapOptions.defaults());
    Profile base = held(MAIN, 90_000_000, 10);
    for (int node = 0; node < 5; node++) {
      Profile target =
          node == 0 ? base : held(MAIN + ";" + PUT + "," + MAIN, 90_000_000, 10, 200_000, 200);
      diff.add("a", base, "node" + node, target);
    }
    HeapReport.PathDelta path = diff.report().paths().get(0);
    assertThat(path.growingOn()).isEqualTo(4);
    assertThat(path.finding().id()).isEqualTo("heap-growth-on-many-nodes");
    assertThat(path.finding().reason()).endsWith("growing on 4 of 5 nodes");
    assertThat(diff.report().nodes()).hasSize(5);
    assertThat(diff.report().total().delta()).isEqualTo(800_000);
  }

  @Test
  void the_same_functions_of_other_releases_are_one_path_of_several_nodes() throws Exception {
    HeapDiff diff = new HeapDiff(HeapOptions.defaults());
    Profile base = held(MAIN, 90_000_000, 10);
    for (int node = 0; node < 3; node++) {
      String put = PUT.replace(":31", ":" + (31 + node)).replace("/src/", "/src/v" + node + "/");
      Profile target = held(MAIN + ";" + put + "," + MAIN, 90_000_000, 10, 2_000_000, 2000);
      diff.add("a", base, "node" + node, target);
    }
    HeapReport.PathDelta path = diff.report().paths().get(0);
    assertThat(diff.report().paths()).hasSize(1);
    assertThat(path.growingOn()).isEqualTo(3);
    assertThat(path.delta()).isEqualTo(6_000_000);
    assertThat(path.objects()).isEqualTo(6000);
    assertThat(path.finding().id()).isEqualTo("heap-growth-on-many-nodes");
  }

  @Test
  void a_path_that_grows_on_some_nodes_says_on_how_many() throws Exception {
    HeapDiff diff = new HeapDiff(HeapOptions.defaults());
    Profile base = held(MAIN, 90_000_000, 10);
    for (int node = 0; node < 3; node++) {
      Profile target =
          node == 0 ? base : held(MAIN + ";" + PUT + "," + MAIN, 90_000_000, 10, 2_000_000, 2000);
      diff.add("a", base, "node" + node, target);
    }
    assertThat(diff.report().paths().get(0).finding().reason()).endsWith("growing on 2 of 3 nodes");
  }

  @Test
  void paths_cluster_by_the_function_of_yours_that_allocates() throws Exception {
    String go = "runtime.makemap /usr/lib/go/src/runtime/map.go:3,";
    HeapReport report =
        diff(
            held(MAIN, 8, 1),
            held(
                go
                    + PUT
                    + ",main.get /src/a.go:1;"
                    + go
                    + PUT
                    + ",main.post /src/b.go:2;"
                    + go
                    + "other.f /src/o.go:7",
                100,
                1,
                200,
                1,
                50,
                1));
    HeapReport.Cluster first = report.clusters().get(0);
    assertThat(first.at().function()).isEqualTo("main.put");
    assertThat(first.delta()).isEqualTo(300);
    assertThat(first.ranks()).containsExactly(1, 2);
    assertThat(first.shared())
        .extracting(Frame::function)
        .containsExactly("runtime.makemap", "main.put");
    assertThat(report.clusters())
        .extracting(HeapReport.Cluster::isOfSeveral)
        .containsExactly(true, false);
    assertThat(report.clusters()).hasSize(2);
  }

  @Test
  void units_of_one_kind_are_brought_to_the_finer() throws Exception {
    ProfileBytes base = new ProfileBytes().type("space", "kB").sample(List.of(MAIN), 2);
    ProfileBytes target = new ProfileBytes().type("space", "bytes").sample(List.of(MAIN), 5000);
    HeapReport report = diff(profile(base), profile(target));
    assertThat(report.total()).isEqualTo(new HeapReport.Total(2048, 5000, 2952));
    assertThat(report.unit()).isEqualTo("bytes");
    assertThat(diff(profile(target), profile(base)).total().delta()).isEqualTo(-2952);
  }

  @Test
  void what_cannot_be_compared_is_refused() {
    Profile heap = profile(ProfileBytes.heap());
    Profile cpu = profile(new ProfileBytes().type("cpu", "nanoseconds"));
    Profile odd = profile(new ProfileBytes().type("inuse_space", "seconds"));
    assertThatThrownBy(() -> diff(heap, cpu))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("has the types cpu; needs one that the base has: alloc_objects");
    assertThatThrownBy(() -> diff(heap, odd)).hasMessageContaining("inuse_space in seconds");
    assertThatThrownBy(() -> new HeapDiff(new HeapOptions("cpu", 1)).add("a", heap, "b", heap))
        .hasMessageContaining("has no sample type cpu; needs one of alloc_objects");
    HeapDiff diff = new HeapDiff(new HeapOptions("0", 1));
    assertThatThrownBy(
            () -> {
              diff.add("a", heap, "b", heap);
              diff.add("a", cpu, "b", cpu);
            })
        .hasMessageContaining("needs alloc_objects in count as the others");
  }

  @Test
  void time_between_is_known_only_when_all_profiles_tell_it() throws Exception {
    Profile early = profile(ProfileBytes.heap().time(1_000_000_000L));
    Profile late = profile(ProfileBytes.heap().time(61_000_000_000L));
    assertThat(diff(early, late).seconds()).isEqualTo(60);
    assertThat(diff(late, early).seconds()).isNull();
    assertThat(diff(profile(ProfileBytes.heap()), late).seconds()).isNull();
  }

  @Test
  void every_finding_has_its_page() {
    for (String id :
        List.of(
            "heap-path-growth",
            "heap-growth-on-many-nodes",
            "heap-large-objects",
            "heap-start-up",
            "heap-noise",
            "heap-normal")) {
      assertThat(Path.of("..", "docs", "findings", id + ".md"))
          .content()
          .contains("# " + id, "## Meaning", "## When", "Wrong ", "## What to do");
    }
  }

  @Test
  void a_large_path_is_one_of_all_nodes_whatever_go_built_them() throws Exception {
    HeapDiff diff = new HeapDiff(HeapOptions.defaults());
    Profile base = held(MAIN, 1000, 10);
    for (String go : List.of("/usr/lib/go-1.19", "/usr/lib/go-1.24", "/opt/go1.27")) {
      String start = ",runtime.main " + go + "/src/runtime/proc.go:" + go.length();
      diff.add("a", base, go, held(MAIN + ";" + PUT + start, 1000, 10, 2 << 20, 2));
    }
    assertThat(diff.report().paths()).hasSize(1);
    HeapReport.PathDelta path = diff.report().paths().get(0);
    assertThat(path.delta()).isEqualTo(6 << 20);
    assertThat(path.finding().id()).isEqualTo("heap-large-objects");
    assertThat(path.finding().reason()).contains("growing on 3 of 3 nodes");
    assertThat(diff.report().clusters().get(0).at().function()).isEqualTo("main.put");
  }

  @Test
  void two_places_of_one_function_stay_two_on_nodes_of_several_go() throws Exception {
    HeapDiff diff = new HeapDiff(HeapOptions.defaults());
    Profile base = held(MAIN, 90_000_000, 10);
    for (String go : List.of("/usr/lib/go-1.19", "/usr/lib/go-1.24")) {
      String start = ",runtime.main " + go + "/src/runtime/proc.go:" + go.length();
      String other = PUT.replace(":31", ":35");
      String both = MAIN + ";" + PUT + start + ";" + other + start;
      diff.add("a", base, go, held(both, 90_000_000, 10, 2_000_000, 2000, 3_000_000, 3000));
    }
    assertThat(diff.report().paths())
        .extracting(path -> path.stack().get(0).line() + " " + path.delta())
        .containsExactly("35 6000000", "31 4000000");
    assertThat(diff.report().paths()).allMatch(path -> path.growingOn() == 2);
  }

  @Test
  void code_of_each_go_that_built_a_node_is_known_as_gos() throws Exception {
    HeapDiff diff = new HeapDiff(HeapOptions.defaults());
    Profile base = held(MAIN, 1000, 10);
    for (String go : List.of("/usr/lib/go-1.19", "/usr/lib/go-1.24")) {
      String made = "strings.Grow" + go.length() + " " + go + "/src/strings/b.go:1,";
      made = made.replace("Grow" + go.length(), go.endsWith("19") ? "grow" : "Clone");
      String start = ",runtime.main " + go + "/src/runtime/proc.go:" + go.length();
      diff.add("a", base, go, held(MAIN + ";" + made + PUT + start, 1000, 10, 9000, 900));
    }
    assertThat(diff.report().clusters())
        .singleElement()
        .satisfies(cluster -> assertThat(cluster.at().function()).isEqualTo("main.put"));
  }

  @Test
  void objects_are_judged_as_their_bytes_are() throws Exception {
    HeapDiff diff = new HeapDiff(new HeapOptions("inuse_objects", 500));
    diff.add("a", held(MAIN, 1000, 10), "b", held(MAIN + ";" + PUT, 1000, 10, 900_000, 15_903));
    HeapReport.PathDelta path = diff.report().paths().get(0);
    assertThat(path.objects()).isEqualTo(15_903);
    assertThat(path.finding().id()).isEqualTo("heap-path-growth");
    assertThat(path.finding().reason()).isEqualTo("gained 15,903 objects, 100 % of all growth");
    assertThat(diff.report().worst()).isEqualTo(Verdict.LEAK);
  }

  @Test
  void chance_is_told_of_objects_too() throws Exception {
    ProfileBytes target =
        new ProfileBytes().type("inuse_objects", "count").type("inuse_space", "bytes");
    target.field(12, 524288);
    target.periodType("space", "bytes");
    target.sample(List.of(PUT, MAIN), 5000, 524288);
    HeapDiff diff = new HeapDiff(new HeapOptions("inuse_objects", 500));
    diff.add("a", held(MAIN, 8, 1), "b", profile(target));
    assertThat(diff.report().paths().get(0).finding().id()).isEqualTo("heap-noise");
  }

  @Test
  void what_is_below_the_threshold_and_large_says_so() throws Exception {
    HeapDiff diff = new HeapDiff(new HeapOptions("", 100_000));
    diff.add("a", held(MAIN, 1000, 10), "b", held(PUT + ";" + MAIN, 15 << 20, 15_903, 1000, 10));
    assertThat(diff.report().paths().get(0).finding().reason())
        .endsWith("in 15,903 objects, 100 % of all growth: fewer than 100,000 objects, but large");
  }

  @Test
  void objects_that_nobody_counted_are_not_said_to_be_few() throws Exception {
    ProfileBytes base = new ProfileBytes().type("inuse_space", "bytes").sample(List.of(MAIN), 9);
    ProfileBytes small =
        new ProfileBytes().type("inuse_space", "bytes").sample(List.of(MAIN), 9000);
    ProfileBytes large =
        new ProfileBytes().type("inuse_space", "bytes").sample(List.of(MAIN), 90 << 20);
    for (ProfileBytes target : List.of(small, large)) {
      assertThat(diff(profile(base), profile(target)).paths().get(0).finding().reason())
          .doesNotContain("less than", "few")
          .endsWith("the profile does not tell in how many objects");
    }
  }
}
