package dev.tidemark.webhook.step;

import static dev.tidemark.webhook.journal.Sent.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.webhook.alert.Fingerprint;
import dev.tidemark.webhook.evidence.EvidenceFolder;
import dev.tidemark.webhook.evidence.EvidenceStore;
import dev.tidemark.webhook.journal.CrashHook;
import dev.tidemark.webhook.journal.Episode;
import dev.tidemark.webhook.journal.EpisodeStatus;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.journal.Finding;
import dev.tidemark.webhook.playbook.HeapDiffSpec;
import dev.tidemark.webhook.playbook.StaticTarget;
import dev.tidemark.webhook.playbook.Values;
import dev.tidemark.webhook.step.diagnose.HeapDiffStep;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class HeapDiffStepTest {
  private static final String EPISODE = "f-1";
  private static final int STEP = 4;
  private static final String NOT_GROWN = heap(1_000, 10_000);
  private static final String GROWN = heap(61_000, 10_050);

  @TempDir private Path folder;
  private EvidenceFolder store;
  private HeapDiffStep step;

  @BeforeEach
  void open() {
    store = new EvidenceFolder(folder, CrashHook.NONE);
    step = new HeapDiffStep(new HeapDiffSpec(20, 500, null), store);
  }

  /** The text of heap?debug=1, of every object: one path that leaks, one that does not. */
  private static String heap(int leaking, int steady) {
    int all = leaking + steady;
    return "heap profile: %d: %d [%d: %d] @ heap/1\n".formatted(all, 1024 * all, all, 1024 * all)
        + path(leaking, "main.(*cache).put", "cache.go:41")
        + path(steady, "main.load", "load.go:7");
  }

  private static String path(int objects, String function, String place) {
    int bytes = 1024 * objects;
    int address = 0x400000 + function.length(); // of the return; the frame's lies before
    return "%d: %d [%d: %d] @ 0x%x\n#\t0x%x\t%s+0x1\t/app/%s\n\n"
        .formatted(objects, bytes, objects, bytes, address, address - 1, function, place);
  }

  private Evidence put(String episode, String name, byte[] content) throws IOException {
    EvidenceStore.Stored stored =
        store.put(
            episode,
            name,
            file -> {
              Path unused = Files.write(file, content);
            });
    return new Evidence(
        EPISODE, "x", stored.name(), "text/plain", stored.bytes(), stored.sha256(), at(0));
  }

  private Evidence put(String name, String content) throws IOException {
    return put(EPISODE, name, content.getBytes(StandardCharsets.US_ASCII));
  }

  private StepContext context(Evidence... evidence) {
    Episode episode =
        new Episode(
            EPISODE,
            "",
            new Fingerprint("f"),
            EpisodeStatus.FIRING,
            new TreeMap<>(Map.of("alertname", "HeapLeak")),
            new TreeMap<>(Map.of()),
            "",
            "",
            at(0),
            at(0),
            at(0),
            false,
            0,
            null,
            null,
            null,
            "",
            false);
    return new StepContext(
        "x-1",
        STEP,
        episode,
        new StaticTarget("pay", URI.create("http://127.0.0.1:1/debug/pprof"), Map.of(), null),
        new Values(Map.of(), episode.labels()),
        List.of(evidence),
        List.of(),
        at(1),
        Duration.ofSeconds(20));
  }

  @Test
  void the_path_that_grew_since_the_earlier_profile_of_the_episode_is_named() throws Exception {
    StepResult result =
        step.run(
            context(
                put("01-heap-debug1.txt", NOT_GROWN),
                put("01-goroutine-debug1.txt", "goroutine profile: total 1\n"),
                put("03-heap-debug1.txt", GROWN)));
    assertThat(result.status()).as(result.text()).isEqualTo(StepResult.Status.OK);
    Finding finding = result.findings().get(0);
    assertThat(finding.verdict()).isEqualTo("leak");
    assertThat(finding.function()).isEqualTo("main.(*cache).put");
    assertThat(finding.file()).isEqualTo("/app/cache.go");
    assertThat(finding.line()).isEqualTo(41);
    assertThat(finding.evidence()).isEqualTo("03-heap-debug1.txt");
    assertThat(finding.text())
        .isEqualTo(result.text())
        .contains("60,000 objects", "since 01-heap-debug1.txt", "(/app/cache.go:41)");
    assertThat(finding.report()).contains("\"delta\":61440000", "heap-path-growth");
    assertThat(result.evidence()).isEmpty();
  }

  @Test
  void a_heap_that_did_not_grow_is_normal() throws Exception {
    StepResult result =
        step.run(context(put("01-heap-debug1.txt", GROWN), put("03-heap-debug1.txt", NOT_GROWN)));
    assertThat(result.status()).as(result.text()).isEqualTo(StepResult.Status.OK);
    assertThat(result.findings().get(0).verdict()).isEqualTo("normal");
    assertThat(result.findings().get(0).function()).isNull();
  }

  @Test
  void without_an_earlier_one_the_profile_kept_for_the_target_is_used_and_copied()
      throws Exception {
    put(HeapDiffStep.KEPT, "pay-heap.pb.gz", NOT_GROWN.getBytes(StandardCharsets.US_ASCII));
    StepContext context = context(put("01-heap-debug1.txt", GROWN));
    StepResult result = step.run(context);
    assertThat(result.status()).as(result.text()).isEqualTo(StepResult.Status.OK);
    assertThat(result.findings().get(0).function()).isEqualTo("main.(*cache).put");
    Evidence copy = result.evidence().get(0);
    assertThat(copy.name()).isEqualTo("05-kept-heap.pb.gz");
    assertThat(Files.readString(folder.resolve(EPISODE).resolve(copy.name()))).isEqualTo(NOT_GROWN);
    assertThat(step.settle(context)).isInstanceOf(Settlement.Repeat.class);
    assertThat(step.run(context).findings()).isEqualTo(result.findings());
  }

  @Test
  void only_profiles_of_one_kind_are_compared() throws Exception {
    StepResult result =
        step.run(
            context(
                put("01-heap-debug1.txt", NOT_GROWN),
                put("03-heap-debug1.txt", GROWN),
                put("03-heap.pb.gz", "not looked at: no other of its kind")));
    assertThat(result.status()).as(result.text()).isEqualTo(StepResult.Status.OK);
    assertThat(result.findings().get(0).evidence()).isEqualTo("03-heap-debug1.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void what_cannot_be_compared_fails_with_the_reason(
      String description, String base, String target, String words) throws Exception {
    Evidence[] evidence =
        Stream.of(
                base.isEmpty() ? null : put("01-heap-debug1.txt", base),
                target.isEmpty() ? null : put("03-heap-debug1.txt", target))
            .flatMap(Stream::ofNullable)
            .toArray(Evidence[]::new);
    StepResult result = step.run(context(evidence));
    assertThat(result.status()).isEqualTo(StepResult.Status.FAILED);
    assertThat(result.text()).contains(words);
    assertThat(result.findings()).isEmpty();
  }

  static Stream<Arguments> what_cannot_be_compared_fails_with_the_reason() {
    String dump = "goroutine 1 [running]:\nmain.main()\n\t/app/main.go:3 +0x1\n";
    String goroutines = "goroutine profile: total 1\n1 @ 0x1\n#\t0x1\tmain.main+0x1\t/m.go:1\n";
    return Stream.of(
        Arguments.of("no heap profile at all", "", "", "no heap profile among the evidence"),
        Arguments.of("no earlier one", "", GROWN, "none kept as evidence/baselines/pay-heap.pb.gz"),
        Arguments.of("damaged now", NOT_GROWN, "\037\213\0\1damaged", "03-heap-debug1.txt"),
        Arguments.of("damaged before", "heap profile: 1: x\n", GROWN, "01-heap-debug1.txt"),
        Arguments.of("cut off", NOT_GROWN, GROWN.substring(0, 40), "03-heap-debug1.txt"),
        Arguments.of("empty", NOT_GROWN, "\n", "03-heap-debug1.txt"),
        Arguments.of("a goroutine dump", NOT_GROWN, dump, "03-heap-debug1.txt"),
        Arguments.of("counts of goroutines", goroutines, GROWN, "01-heap-debug1.txt"));
  }

  @Test
  void evidence_that_is_gone_fails_the_step() throws Exception {
    Evidence before = put("01-heap-debug1.txt", NOT_GROWN);
    Evidence after = put("03-heap-debug1.txt", GROWN);
    Files.delete(folder.resolve(EPISODE).resolve(after.name()));
    assertThat(step.run(context(before, after)).status()).isEqualTo(StepResult.Status.FAILED);
  }
}
