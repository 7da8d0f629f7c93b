package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.finding.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetReportTest {
  private static GoroutineReport pod(int number, int senders) throws Exception {
    String text =
        Dumps.goroutine(900, "sleep", "main.rest", 9).replace("0xc000012018", "0xc000099000")
            + Dumps.goroutines(1, senders, "chan send", "main.(*queue).push")
                .replace("main.serve in goroutine 1", "main.handle in goroutine 77");
    return GoroutineAnalysis.report("pod-" + number, Dumps.read(text));
  }

  @Test
  void says_how_many_pods_share_a_stack() throws Exception {
    List<GoroutineReport> reports = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      reports.add(pod(i, i < 2 ? 0 : i));
    }
    FleetReport fleet = FleetReport.of(reports, List.of());
    assertThat(fleet.files()).isEqualTo(40);
    assertThat(fleet.shared()).hasSize(1);
    FleetReport.Shared shared = fleet.shared().get(0);
    assertThat(shared.inFiles()).isEqualTo(38);
    assertThat(shared.count()).isEqualTo(779);
    assertThat(shared.most()).isEqualTo(39);
    assertThat(shared.mostIn()).isEqualTo("pod-39");
    assertThat(shared.verdict()).isEqualTo(Verdict.LEAK);
    assertThat(shared.reason()).startsWith("39 goroutines");
  }

  @Test
  void counted_dumps_are_joined_with_those_that_tell_who_started_what() throws Exception {
    String counted =
        """
        goroutine profile: total 50
        50 @ 0x43a2d6 0x4063ad 0x4062b8 0x4a1c1d 0x466441
        #	0x4a1c1c	main.(*queue).push+0x1c	/src/app/queue.go:41

        """;
    GoroutineReport one = GoroutineAnalysis.report("counted", Dumps.read(counted));
    String state = String.valueOf(one.groups().get(0).state());
    String stacks =
        Dumps.goroutines(1, 30, state, "main.(*queue).push")
            + Dumps.goroutines(100, 40, state, "main.(*queue).push")
                .replace("main.serve", "main.b");
    GoroutineReport two = GoroutineAnalysis.report("stacks", Dumps.read(stacks));
    assertThat(two.groups()).hasSize(2);
    List<FleetReport.Shared> shared = FleetReport.of(List.of(one, two), List.of()).shared();
    assertThat(shared).hasSize(1);
    assertThat(shared.get(0).inFiles()).isEqualTo(2);
    assertThat(shared.get(0).count()).isEqualTo(120);
    assertThat(shared.get(0).most()).isEqualTo(70);
    assertThat(shared.get(0).mostIn()).isEqualTo("stacks");
    assertThat(shared.get(0).createdBy()).isNull();
    assertThat(FleetReport.of(List.of(two, two), List.of()).shared()).hasSize(2);
  }

  @Test
  void locks_are_joined_whatever_their_release_of_go_calls_them() throws Exception {
    List<GoroutineReport> reports = new ArrayList<>();
    for (String state : List.of("semacquire", "sync.Mutex.Lock", "semacquire")) {
      String text = Dumps.goroutines(1, 3, state, "main.(*queue).push");
      reports.add(GoroutineAnalysis.report("pod-" + reports.size(), Dumps.read(text)));
    }
    List<FleetReport.Shared> shared = FleetReport.of(reports, List.of()).shared();
    assertThat(shared).hasSize(1);
    assertThat(shared.get(0).inFiles()).isEqualTo(3);
    assertThat(shared.get(0).state()).isEqualTo("sync.Mutex.Lock");
  }

  @Test
  void a_healthy_fleet_has_nothing_to_share() throws Exception {
    assertThat(FleetReport.of(List.of(pod(1, 0), pod(2, 0)), List.of()).shared()).isEmpty();
    assertThat(FleetReport.of(List.of(), List.of()).files()).isZero();
  }
}
