package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.finding.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Small dumps: what is judged is who is left that could wake whom. */
class WakersTest {
  private static final String LISTENER =
      goroutine(2, "IO wait", "net/http.(*Server).Serve", 1, "internal/poll.(*FD).Accept()");
  private static final String LOCK = "sync.(*Mutex).lockSlow(0xc000010008)";

  private static String goroutine(
      long id, String state, String creator, long parent, String... calls) {
    StringBuilder text = new StringBuilder("goroutine " + id + " [" + state + "]:\n");
    for (String call : calls) {
      boolean ours = call.startsWith("main.");
      String file = ours ? "/src/app/a.go" : "/go/src/" + call.replaceFirst("\\..*", "") + "/x.go";
      text.append(call).append("\n\t").append(file).append(":7 +0x1\n");
    }
    text.append("created by ").append(creator).append(" in goroutine ").append(parent);
    return text + "\n\t/src/app/a.go:3 +0x1\n\n";
  }

  private static String main(String state, String... calls) {
    return goroutine(1, state, "x", 0, calls).replaceFirst("created by(?s:.*)", "\n");
  }

  static Stream<Arguments> cases() {
    String send = goroutine(7, "chan send", "main.ask", 5, "main.ask.func1()");
    String receive = goroutine(7, "chan receive", "main.ask", 5, "main.ask.func1()");
    String idle = goroutine(7, "chan receive", "main.open", 1, "main.(*pool).run(0xc000020000)");
    String rest = main("sleep", "time.Sleep(0x1)", "main.main()");
    return Stream.of(
        row(
            "a lock that a function within main holds",
            goroutine(7, "sync.Mutex.Lock", "main.main", 1, "main.main.func2()")
                + goroutine(8, "sleep", "main.main", 1, "main.main.func1()")
                + main("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0x1)", "main.main()"),
            "normal"),
        row(
            "a sender of a dump that is cut",
            send + rest + "goroutine 9 [IO wait]:\nmain.o",
            "suspect"),
        row(
            "a receiver whose request is gone of a dump that is cut",
            receive + LISTENER + rest + "goroutine 9 [IO wait]:\nmain.o",
            "suspect"),
        row("a sender whose request is gone", send + LISTENER + rest, "leak"),
        row("a receiver whose request is gone", receive + LISTENER + rest, "leak"),
        row(
            "a sender whose receiver is at work",
            send + goroutine(8, "sleep", "main.ask", 5, "main.work()") + LISTENER + rest,
            "normal"),
        row(
            "a sender whose request goes on",
            send + goroutine(5, "IO wait", "net/http.(*Server).Serve", 2, "main.ask()") + rest,
            "normal"),
        row(
            "a sender whose request goes on elsewhere",
            send + goroutine(5, "IO wait", "net/http.(*Server).Serve", 2, "main.other()") + rest,
            "leak"),
        row("a worker that main started in a service", idle + LISTENER + rest, "normal"),
        row("the same alone in a program that serves nothing", idle + rest, "leak"),
        row(
            "the same in a test",
            idle + goroutine(9, "sleep", "testing.(*T).Run", 1, "main.T()", "testing.tRunner()"),
            "leak"),
        row(
            "a worker that shares an object with who runs",
            receive.replace("func1()", "func1(0xc000020000)")
                + goroutine(9, "running", "main.b", 1, "main.other(0xc000020000)"),
            "normal"),
        row(
            "a lock taken twice",
            goroutine(7, "sync.Mutex.Lock", "main.a", 5, LOCK, "main.(*t).f(0xc000010000)") + rest,
            "leak"),
        row(
            "a lock whose holder works on the object it lies in",
            goroutine(7, "sync.Mutex.Lock", "main.a", 5, LOCK, "main.(*t).f(0xc000010000)")
                + goroutine(8, "IO wait", "main.b", 6, "main.(*u).g(0xc000010000)"),
            "normal"),
        row(
            "a WaitGroup whose children go on",
            goroutine(7, "sync.WaitGroup.Wait", "main.a", 5, "main.all()")
                + goroutine(8, "sleep", "main.all", 7, "main.one()"),
            "normal"),
        row(
            "a WaitGroup whose children are gone",
            goroutine(7, "sync.WaitGroup.Wait", "main.a", 5, "main.all()")
                + goroutine(8, "sleep", "main.other", 6, "main.two()"),
            "leak"),
        row(
            "a pipe without a reader",
            goroutine(7, "select", "main.a", 5, "io.(*pipe).write(0xc000030000)", "main.w()")
                + LISTENER
                + rest,
            "leak"),
        row(
            "an actor",
            goroutine(7, "select", "main.a", 1, "main.(*a).loop()") + LISTENER + rest,
            "normal"));
  }

  private static Arguments row(String what, String dump, String verdict) {
    return Arguments.of(what, dump, verdict);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(String what, String dump, String verdict) throws Exception {
    GoroutineDump read = Dumps.read(dump);
    GoroutineReport report = GoroutineAnalysis.report("x", read, List.of());
    int index = 0;
    while (read.groups().get(index).members().get(0).id() != 7) {
      index++;
    }
    GoroutineReport.Group judged = report.groups().get(index);
    assertThat(judged.verdict().text()).as(what + ": " + judged).isEqualTo(verdict);
  }

  /** What main waits for may be a function written within it, which gets no address as argument. */
  @ParameterizedTest(name = "main waits while its worker is {0}")
  @CsvSource({
    "sleep, main.main.func1(), normal",
    "running, main.main.func1(), normal",
    "chan send (nil chan), main.main.func1(), leak",
    "running, main.work(), normal",
    "running, runtime.Stack(0xc000030000), normal"
  })
  void judges_main(String state, String call, String verdict) throws Exception {
    String main =
        main("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0xc0000100a0)", "main.main()");
    String dump = main + goroutine(7, state, "main.main", 1, call);
    GoroutineReport.Group judged =
        GoroutineAnalysis.report("x", Dumps.read(dump), List.of()).groups().stream()
            .filter(group -> "sync.WaitGroup.Wait".equals(group.state()))
            .findFirst()
            .orElseThrow();
    assertThat(judged.verdict().text()).as(judged.toString()).isEqualTo(verdict);
  }

  @Test
  void a_count_without_addresses_and_parents_is_no_proof() throws Exception {
    String dump =
        """
        goroutine profile: total 2
        1 @ 0x43bb2e 0x40a1a5 0x409dd2 0x6a1b05 0x46bfa1
        #\t0x6a1b04\tmain.(*batcher).loop+0x24\t/src/app/a.go:7

        1 @ 0x43bb2e 0x45e8e5 0x469f5d 0x6a1b85 0x46bfa1
        #\t0x469f5c\tsync.runtime_notifyListWait+0x1c\t/go/src/runtime/sema.go:1
        #\t0x469f5c\tsync.(*Cond).Wait+0x1c\t/go/src/sync/cond.go:1
        #\t0x6a1b84\tmain.(*box).take+0x24\t/src/app/a.go:17
        """;
    assertThat(GoroutineAnalysis.report("x", Dumps.read(dump), List.of()).groups())
        .noneMatch(group -> group.verdict() == Verdict.LEAK)
        .anyMatch(group -> group.verdict() == Verdict.SUSPECT);
  }
}
