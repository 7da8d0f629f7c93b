package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.finding.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VerdictsTest {
  private static final Frame CREATOR = new Frame("main.serve", "/src/main.go", 20);

  /** Somebody who was started where all others were, and can go on. */
  private static final StackGroup AT_WORK =
      new StackGroup(
          1,
          "running",
          false,
          null,
          new Frame("main.help", "/src/h.go", 1),
          CREATOR,
          List.of(new Frame("main.help", "/src/h.go", 1)),
          List.of());

  private static StackGroup group(
      long count, @Nullable String state, long min, long max, String... functions) {
    List<Frame> stack =
        Stream.of(functions)
            .map(function -> new Frame(function, "/go/src/net/http/x.go", 1))
            .toList();
    WaitMinutes waited = max < 0 ? null : new WaitMinutes(min, max);
    Frame at = new Frame("main.f", "/src/f.go", 1);
    return new StackGroup(count, state, false, waited, at, CREATOR, stack, List.of());
  }

  private static GoroutineReport.Group judged(
      StackGroup group, long others, List<GoroutineDump> baselines) {
    GoroutineDump dump =
        new GoroutineDump(
            GoroutineDump.Form.STACKS, group.count() + others, false, 0, List.of(group, AT_WORK));
    return GoroutineAnalysis.report("x", dump, baselines).groups().get(0);
  }

  /** With nobody beside it that could end its wait. */
  private static GoroutineReport.Group judgedAlone(StackGroup group, List<GoroutineDump> before) {
    GoroutineDump dump =
        new GoroutineDump(GoroutineDump.Form.STACKS, group.count() + 10, false, 0, List.of(group));
    return GoroutineAnalysis.report("x", dump, before).groups().get(0);
  }

  private static GoroutineDump baseline(long count) {
    return new GoroutineDump(
        GoroutineDump.Form.STACKS, count, false, 0, List.of(group(count, "select", 0, -1)));
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        row(
            "the example of the contract",
            group(1000, "chan send", 2, 61),
            43,
            "leak",
            "1000 goroutines blocked on one channel send, the oldest for 61 min"),
        row(
            "many senders of no known age",
            group(600, "chan send", 0, -1),
            100,
            "leak",
            "600 goroutines blocked on one channel send"),
        row(
            "some senders",
            group(100, "chan send", 0, -1),
            100,
            "suspect",
            "100 goroutines blocked on one channel send"),
        row(
            "one old sender",
            group(1, "chan send", 3, 3),
            100,
            "suspect",
            "1 goroutine blocked on one channel send, for 3 min"),
        row("one young sender", group(1, "chan send", 0, -1), 100, "normal", "too few"),
        row(
            "a channel operation of unknown direction",
            group(900, "chan send or receive", 0, -1),
            100,
            "suspect",
            "debug=1 does not tell sends from receives"),
        row(
            "a lock never freed",
            group(200, "sync.Mutex.Lock", 0, 30),
            100,
            "leak",
            "200 goroutines waiting for one lock, the oldest for 30 min"),
        row("contention", group(200, "sync.RWMutex.RLock", 0, -1), 100, "suspect", "contention"),
        row(
            "a lock of Go 1.19",
            group(200, "semacquire", 0, 30, "sync.(*Mutex).Lock"),
            100,
            "leak",
            "one lock"),
        row(
            "a WaitGroup of Go 1.19",
            group(1, "semacquire", 30, 30, "sync.(*WaitGroup).Wait"),
            100,
            "normal",
            "too few"),
        row("a nil channel", group(1, "chan receive (nil chan)", 0, -1), 100, "leak", "nil"),
        row("one empty select", group(1, "select (no cases)", 99, 99), 100, "suspect", "parked"),
        row("many empty selects", group(10, "select (no cases)", 9, 9), 100, "leak", "nothing"),
        row("idle workers of one age", group(500, "chan receive", 90, 100), 10, "normal", "too"),
        row(
            "receivers of all ages",
            group(500, "chan receive", 0, 100),
            10,
            "suspect",
            "for 0 to 100 min: idle workers, or more each minute"),
        row("an old actor", group(5000, "select", 10_701, 10_701), 10, "normal", "alone says"),
        row("connections", group(5000, "IO wait", 0, 500), 10, "normal", "network"),
        row(
            "bodies nobody closed",
            group(150, "select", 0, 20, "net/http.(*persistConn).readLoop"),
            10_000,
            "leak",
            "150 HTTP responses whose body nobody has read to its end or closed, the oldest for"
                + " 20 min; no dump tells who asked (net/http: look at each Get, Post and Do"),
        row(
            "a body that somebody at work may be reading",
            group(1, "select", 3, 20, "net/http.(*persistConn).readLoop"),
            10_000,
            "suspect",
            "1 HTTP response whose body nobody has read to its end or closed, for 20 min"),
        row(
            "a result that somebody at work may be reading",
            group(1, "chan receive", 3, 20, "database/sql.(*Rows).awaitDone"),
            10_000,
            "suspect",
            "1 query results not closed"),
        row(
            "a young one",
            group(1, "select", 0, -1, "database/sql.(*Rows).awaitDone"),
            10_000,
            "normal",
            "a select"),
        row(
            "more results than anybody could be reading",
            group(9, "select", 0, -1, "database/sql.(*Rows).awaitDone"),
            10_000,
            "leak",
            "9 query results not closed"),
        row(
            "idle outgoing connections",
            group(150, "IO wait", 0, 20, "net/http.(*persistConn).readLoop"),
            10,
            "normal",
            "outgoing HTTP"),
        row("a state not told", group(3, null, 0, -1), 10, "normal", "not told"));
  }

  private static Arguments row(
      String what, StackGroup group, long others, String verdict, String reason) {
    return Arguments.of(what, group, others, verdict, reason);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(String what, StackGroup group, long others, String verdict, String reason) {
    GoroutineReport.Group judged = judged(group, others, List.of());
    assertThat(judged.verdict().text()).as(what + ": " + judged.reason()).isEqualTo(verdict);
    assertThat(judged.reason()).as(what).contains(reason);
  }

  @Test
  void growth_from_a_baseline_is_suspect_and_tenfold_in_old_goroutines_a_leak() {
    StackGroup young = group(500, "select", 0, -1);
    assertThat(judgedAlone(young, List.of(baseline(40))).verdict()).isEqualTo(Verdict.SUSPECT);
    StackGroup old = group(500, "select", 0, 7);
    GoroutineReport.Group judged = judgedAlone(old, List.of(baseline(40)));
    assertThat(judged.verdict()).isEqualTo(Verdict.LEAK);
    assertThat(judged.reason())
        .isEqualTo("500 goroutines, up from 40 in the baseline, the oldest for 7 min");
    assertThat(judgedAlone(old, List.of(baseline(400))).finding()).isNotEqualTo("goroutine-growth");
    assertThat(judged(old, 10, List.of(baseline(400))).verdict()).isEqualTo(Verdict.NORMAL);
  }

  @Test
  void rising_from_dump_to_dump_is_a_leak_and_up_and_down_is_not() {
    StackGroup now = group(150, "select", 0, -1);
    assertThat(judgedAlone(now, List.of(baseline(42), baseline(70))).verdict())
        .isEqualTo(Verdict.LEAK);
    assertThat(judgedAlone(now, List.of(baseline(70), baseline(42))).verdict())
        .isEqualTo(Verdict.SUSPECT);
    assertThat(judged(now, 10, List.of(baseline(42), baseline(150))).verdict())
        .isEqualTo(Verdict.NORMAL);
    StackGroup network = group(150, "IO wait", 0, -1);
    assertThat(judgedAlone(network, List.of(baseline(42), baseline(70))).verdict())
        .isEqualTo(Verdict.SUSPECT);
  }

  @Test
  void only_the_halves_of_a_connection_are_told_to_close_a_body() throws Exception {
    List<GoroutineDump> before = List.of(baseline(42), baseline(70));
    StackGroup asks = group(150, "select", 0, -1, "net/http.(*persistConn).roundTrip");
    assertThat(judged(asks, 10, before).verdict()).isEqualTo(Verdict.SUSPECT);
    assertThat(judged(asks, 10, before).reason()).doesNotContain("Close()");
    StackGroup reads = group(150, "select", 0, -1, "net/http.(*persistConn).readLoop");
    assertThat(judged(reads, 10, before).reason()).endsWith("read the body and Close() it)");
  }

  @Test
  void what_rises_with_somebody_at_work_beside_it_may_be_load() {
    for (String state : List.of("select", "chan receive")) {
      StackGroup now = group(500, state, 0, 7);
      assertThat(judged(now, 10, List.of(baseline(10), baseline(25))))
          .as(state)
          .returns(Verdict.SUSPECT, GoroutineReport.Group::verdict)
          .returns("goroutine-growth", GoroutineReport.Group::finding);
      assertThat(judged(now, 10, List.of(baseline(25))).verdict()).isEqualTo(Verdict.SUSPECT);
    }
  }

  @Test
  void baselines_in_either_form_compare_by_function() throws Exception {
    GoroutineDump counts = Dumps.recorded("leaky-go119-debug1.txt");
    GoroutineDump stacks = Dumps.recorded("leaky-go119-debug2.txt.gz");
    for (GoroutineDump before : List.of(counts, stacks)) {
      List<Verdict> verdicts = new ArrayList<>();
      GoroutineAnalysis.report("x", stacks, List.of(before)).groups().stream()
          .filter(group -> group.finding().equals("goroutine-growth"))
          .forEach(group -> verdicts.add(group.verdict()));
      assertThat(verdicts).isEmpty();
    }
  }

  @Test
  void every_rule_has_its_page() {
    Path folder = Path.of("..", "docs", "findings");
    for (Rule rule : GoroutineAnalysis.RULES) {
      Path page = folder.resolve(rule.id() + ".md");
      assertThat(page).as("page of %s", rule.id()).exists();
      assertThat(page)
          .content()
          .contains("# " + rule.id(), "## Meaning", "## When", "## What to do");
    }
    assertThat(folder.toFile().list((dir, name) -> name.startsWith("goroutine-")))
        .hasSize(
            (int) GoroutineAnalysis.RULES.stream().map(Rule::id).distinct().count()
                + 1) // and the one that only the source tells
        .contains(SourceRules.TIME_AFTER + ".md");
  }
}
