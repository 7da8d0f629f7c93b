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
    FleetReport fleet = FleetReport.of(reports);
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
  void a_healthy_fleet_has_nothing_to_share() throws Exception {
    assertThat(FleetReport.of(List.of(pod(1, 0), pod(2, 0))).shared()).isEmpty();
    assertThat(FleetReport.of(List.of()).files()).isZero();
  }
}
