package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
}
