package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.ProfileBytes;
import dev.tidemark.diagnosis.finding.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On dumps of src/test/go/leaky, which parks goroutines in every way Go knows. */
class RecordedDumpsTest {
  private static List<String> lines(GoroutineDump dump) {
    return dump.groups().stream()
        .filter(group -> group.blockedAt() != null)
        .map(
            group ->
                group.count()
                    + " "
                    + group.state()
                    + " "
                    + group.blockedAt().function()
                    + (group.createdBy() == null ? "" : " by " + group.createdBy().function()))
        .toList();
  }

  @Test
  void finds_every_kind_of_waiting_in_full_stacks() {
    GoroutineDump dump = Dumps.recorded("leaky-go119-debug2.txt.gz");
    assertThat(dump.form()).isEqualTo(GoroutineDump.Form.STACKS);
    assertThat(dump.goroutines()).isEqualTo(651);
    assertThat(dump.truncated()).isFalse();
    assertThat(lines(dump))
        .containsExactlyInAnyOrder(
            "500 chan send main.(*queue).push by main.serve",
            "20 semacquire main.(*queue).lock by main.main",
            "20 semacquire main.(*queue).readLock by main.main",
            "20 semacquire main.(*queue).waitGroup by main.main",
            "20 sync.Cond.Wait main.(*queue).waitCond by main.main",
            "20 chan receive main.receive by main.main",
            "20 chan receive main.rangeOver by main.main",
            "20 select main.twoCases by main.main",
            "1 chan send (nil chan) main.nilSend by main.main",
            "1 chan receive (nil chan) main.nilReceive by main.main",
            "1 select (no cases) main.forever by main.main",
            "1 chan receive main.tick by main.main",
            "1 sleep main.sleep by main.main",
            "1 select main.main.func1 by main.main",
            "1 IO wait main.main");
    assertThat(dump.groups().get(0).blockedAt())
        .isEqualTo(new Frame("main.(*queue).push", "/src/leaky/main.go", 25));
  }

  @Test
  void infers_the_same_from_counted_stacks() {
    GoroutineDump dump = Dumps.recorded("leaky-go119-debug1.txt");
    assertThat(dump.form()).isEqualTo(GoroutineDump.Form.COUNTS);
    assertThat(dump.goroutines()).isEqualTo(651);
    assertThat(dump.truncated()).isFalse();
    assertThat(lines(dump))
        .containsExactlyInAnyOrder(
            "500 chan send main.(*queue).push",
            "20 sync.Mutex.Lock main.(*queue).lock",
            "20 sync.RWMutex.RLock main.(*queue).readLock",
            "20 semacquire main.(*queue).waitGroup",
            "20 sync.Cond.Wait main.(*queue).waitCond",
            "20 chan receive main.receive",
            "20 chan receive main.rangeOver",
            "20 select main.twoCases",
            "1 chan send (nil chan) main.nilSend",
            "1 chan receive (nil chan) main.nilReceive",
            "1 select (no cases) main.forever",
            "1 chan receive main.tick",
            "1 sleep main.sleep",
            "1 select main.main.func1",
            "1 IO wait main.main");
    assertThat(dump.groups()).allMatch(group -> group.waited() == null);
  }

  @Test
  void blames_whom_nobody_can_wake() {
    GoroutineReport report =
        GoroutineAnalysis.report("d", Dumps.recorded("leaky-go119-debug2.txt.gz"));
    assertThat(report.groups())
        .filteredOn(group -> group.verdict() != Verdict.NORMAL)
        .extracting(
            group -> group.verdict() + " " + group.count() + " " + function(group.blockedAt()))
        .containsExactlyInAnyOrder(
            "LEAK 500 main.(*queue).push",
            "LEAK 20 main.(*queue).lock",
            "LEAK 20 main.(*queue).readLock",
            "SUSPECT 20 main.(*queue).waitCond",
            "SUSPECT 20 main.(*queue).waitGroup",
            "SUSPECT 20 main.rangeOver",
            "SUSPECT 20 main.receive",
            "SUSPECT 20 main.twoCases",
            "SUSPECT 1 main.forever",
            "LEAK 1 main.nilReceive",
            "LEAK 1 main.nilSend",
            "SUSPECT 1 main.tick");
  }

  @Test
  void reads_the_protobuf_form_with_the_states_that_its_frames_tell() {
    GoroutineDump dump = Dumps.recorded("kernels-go119.pb.gz");
    assertThat(dump.form()).isEqualTo(GoroutineDump.Form.COUNTS);
    assertThat(dump.goroutines()).isEqualTo(13);
    assertThat(lines(dump))
        .containsExactlyInAnyOrder(
            "3 chan send main.(*registry).register",
            "3 sync.Mutex.Lock main.(*registry).register",
            "3 sync.Mutex.Lock main.(*registry).listen",
            "1 chan receive main.serve.func2",
            "1 running main.write");
    GoroutineReport report = GoroutineAnalysis.report("d", dump);
    assertThat(report.groups())
        .filteredOn(group -> group.verdict() == Verdict.LEAK)
        .extracting(group -> group.count() + " " + group.state())
        .contains("3 chan send", "3 sync.Mutex.Lock");
  }

  @Test
  void a_protobuf_tells_nil_channels_by_where_their_goroutines_park() throws Exception {
    ProfileBytes profile =
        new ProfileBytes()
            .type("goroutine", "count")
            .at("runtime.gopark /go/proc.go:435", 0x475b6d)
            .at("runtime.chansend /go/chan.go:181", 0x40df4b)
            .at("runtime.chansend /go/chan.go:283", 0x40e247)
            .at("runtime.chansend1 /go/chan.go:161", 0x40de56)
            .sample(
                List.of(
                    "runtime.gopark /go/proc.go:435",
                    "runtime.chansend /go/chan.go:181",
                    "runtime.chansend1 /go/chan.go:161",
                    "main.nil /src/f.go:1"),
                5)
            .sample(
                List.of(
                    "runtime.gopark /go/proc.go:435",
                    "runtime.chansend /go/chan.go:283",
                    "runtime.chansend1 /go/chan.go:161",
                    "main.full /src/f.go:2"),
                3);
    assertThat(lines(Dumps.read(profile.toBytes())))
        .containsExactlyInAnyOrder("5 chan send (nil chan) main.nil", "3 chan send main.full");
  }

  @Test
  void a_goroutineleak_profile_is_proof() {
    GoroutineDump dump = Dumps.recorded("kernels-go127-goroutineleak.pb.gz");
    assertThat(dump.goroutines()).isEqualTo(9);
    assertThat(GoroutineAnalysis.report("d", dump).groups())
        .hasSize(3)
        .allMatch(group -> group.finding().equals("goroutine-unreachable"));
  }

  private static String function(@Nullable Frame frame) {
    return frame == null ? "?" : frame.function();
  }
}
