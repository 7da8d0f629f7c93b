package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tidemark.diagnosis.finding.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  private static final String SIGNALS =
      goroutine(3, "syscall", "os/signal.Notify.func1.1", 1, "os/signal.signal_recv()");
  private static final String LOCK = "sync.(*Mutex).lockSlow(0xc000010008)";

  private static final String POOL =
      goroutine(7, "select", "main.main", 1, "database/sql.(*DB).conn(0xc000020000)", "main.f()")
          + goroutine(
              8,
              "select",
              "database/sql.OpenDB",
              1,
              "database/sql.(*DB).connectionOpener(0xc000020000)");

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

  /** Those that many requests left behind; the first has number 7. */
  private static String many(String state, int count) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(goroutine(7 + 10L * i, state, "main.ask", 5 + 10L * i, "main.ask.func1()"));
    }
    return all.toString();
  }

  private static String main(String state, String... calls) {
    return goroutine(1, state, "x", 0, calls).replaceFirst("created by(?s:.*)", "\n");
  }

  /** Calls a generator, and works between two receives. */
  private static final String CALLER =
      goroutine(6, "sleep", "main.main", 1, "time.Sleep(0x1)", "main.consume()");

  private static String untold(String dump) {
    return dump.replaceAll("(created by .*) in goroutine \\d+", "$1");
  }

  private static final String ACCEPT = "internal/poll.(*FD).Accept()";
  private static final String WATCHER = "net/http.(*connReader).backgroundRead(0xc000060000)";
  private static final String TEST =
      goroutine(9, "sleep", "testing.(*T).Run", 1, "main.T()", "testing.tRunner()");

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
        row(
            "a receiver whose request is gone, and which the next may use",
            receive + LISTENER + rest,
            "suspect"),
        row("the same where nothing comes from outside", receive + rest, "leak"),
        row(
            "receivers of many requests that are gone: each tenant's ticker looks the same",
            many("chan receive", 12) + LISTENER + rest,
            "suspect"),
        row("the same where nothing comes from outside", many("chan receive", 12) + rest, "leak"),
        row(
            "the same of a condition, which is no ticker",
            many("sync.Cond.Wait", 12) + LISTENER + rest,
            "leak"),
        row(
            "the same when some were just woken at the line where all wait",
            many("chan receive", 12)
                + many("runnable", 2).replaceAll("goroutine (\\d+ )", "goroutine 99$1")
                + LISTENER
                + rest,
            "normal"),
        row(
            "many more, of whom two are there: they may be about to block",
            many("chan receive", 60)
                + many("runnable", 2).replaceAll("goroutine (\\d+ )", "goroutine 99$1")
                + LISTENER
                + rest,
            "suspect"),
        row(
            "a generator's sender whose caller lives, elsewhere",
            goroutine(7, "chan send", "main.merge", 6, "main.merge.func1(0xc000020000)") + CALLER,
            "suspect"),
        row(
            "a generator's sender whose caller has handed the channel to whom it started",
            goroutine(7, "chan send", "main.merge", 1, "main.merge.func1()")
                + goroutine(8, "sleep", "main.main", 1, "time.Sleep(0x1)", "main.(*store).flush()")
                + main("running", "runtime/pprof.(*Profile).WriteTo(0x1)", "main.main()"),
            "suspect"),
        row(
            "a sender whose starter is gone beside main in a select: it would receive",
            goroutine(7, "chan send", "main.ask", 5, "main.ask.func1()")
                + main("select", "main.main()")
                + LISTENER,
            "leak"),
        row(
            "the same that main started, and may receive from later",
            goroutine(7, "chan send", "main.main", 1, "main.main.func1()")
                + main("select", "main.main()")
                + LISTENER,
            "suspect"),
        row(
            "a lock near an object that another package's code was called with",
            goroutine(7, "sync.Mutex.Lock", "main.ask", 5, LOCK, "main.(*box).put(0xc000010000)")
                + goroutine(8, "sleep", "app.Run", 1, "app.(*probe).run(0xc00000ff80)")
                    .replace("/go/src/app/", "/src/app/")
                + rest,
            "leak"),
        row(
            "the same of who was started beside it: that alone shows no holder",
            goroutine(7, "sync.Mutex.Lock", "main.ask", 5, LOCK, "main.(*box).put(0xc000010000)")
                + goroutine(8, "sleep", "main.ask", 5, "app.(*probe).run(0xc00000ff80)")
                    .replace("/go/src/app/", "/src/app/")
                + rest,
            "suspect"),
        row(
            "the same of its own package's code, whose object it may lie in",
            goroutine(7, "sync.Mutex.Lock", "main.ask", 5, LOCK, "main.(*box).put(0xc000010000)")
                + goroutine(8, "sleep", "main.run", 1, "main.(*probe).run(0xc00000ff80)")
                + rest,
            "normal"),
        row(
            "locks taken in opposite order beside a single receiver, which holds none",
            goroutine(7, "sync.Mutex.Lock", "main.ask", 5, LOCK, "main.(*t).put(0xc000010000)")
                + goroutine(8, "chan receive", "main.open", 1, "main.(*t).loop(0xc000010000)")
                + LISTENER
                + rest,
            "leak"),
        row(
            "the same where somebody holds it whom that receiver may answer",
            goroutine(7, "sync.Mutex.Lock", "main.ask", 5, LOCK, "main.(*t).put(0xc000010000)")
                + goroutine(8, "chan receive", "main.open", 1, "main.(*t).loop(0xc000010000)")
                + goroutine(9, "chan send", "main.ask", 6, "main.(*t).get(0xc000010000)")
                + LISTENER
                + rest,
            "suspect"),
        row(
            "the first in a Once, which others have started somebody for",
            goroutine(
                    7,
                    "sync.WaitGroup.Wait",
                    "net/http.(*Server).Serve",
                    2,
                    "sync.(*WaitGroup).Wait(0xc000010000)",
                    "sync.(*Once).doSlow(0xc000010010)",
                    "main.(*gate).ServeHTTP(0xc000010000)")
                + goroutine(8, "sleep", "main.main", 1, "main.(*informer).run(0xc000040000)")
                + LISTENER
                + rest,
            "suspect"),
        row(
            "who waits for the first in a Once is no worse than that one",
            goroutine(
                    7,
                    "sync.Mutex.Lock",
                    "net/http.(*Server).Serve",
                    2,
                    LOCK,
                    "sync.(*Once).doSlow(0xc000010000)",
                    "main.(*gate).ServeHTTP(0xc000010000)")
                + goroutine(
                    6,
                    "sync.WaitGroup.Wait",
                    "net/http.(*Server).Serve",
                    2,
                    "sync.(*WaitGroup).Wait(0xc000010000)",
                    "sync.(*Once).doSlow(0xc000010010)",
                    "main.(*gate).ServeHTTP(0xc000010000)")
                + goroutine(8, "sleep", "main.main", 1, "main.(*informer).run(0xc000040000)")
                + LISTENER
                + rest,
            "suspect"),
        row(
            "a generator's WaitGroup whose caller lives, elsewhere",
            goroutine(7, "sync.WaitGroup.Wait", "main.merge", 6, "main.merge.func2()") + CALLER,
            "suspect"),
        row(
            "a lock, which no caller takes with it",
            goroutine(7, "sync.Mutex.Lock", "main.merge", 6, LOCK, "main.(*m).merge(0xc000010000)")
                + CALLER,
            "leak"),
        row(
            "two senders of one generator, of whom one has lost its caller",
            goroutine(7, "chan send", "main.merge", 6, "main.merge.func1(0xc000020000)")
                + goroutine(8, "chan send", "main.merge", 5, "main.merge.func1(0xc000030000)")
                + CALLER,
            "leak"),
        row(
            "what a handler started that has returned, while its connection waits for the next",
            goroutine(7, "chan send", "main.ask", 6, "main.ask.func1()")
                + goroutine(
                    6, "IO wait", "net/http.(*Server).Serve", 2, "net/http.(*conn).serve(0x1)")
                + LISTENER
                + rest,
            "leak"),
        row(
            "what one who only waits itself has called",
            goroutine(7, "chan send", "main.merge", 6, "main.merge.func1(0xc000020000)")
                + goroutine(6, "chan receive (nil chan)", "main.main", 1, "main.main.func1()"),
            "leak"),
        row(
            "the same where no starter is told, beside who was there before",
            untold(
                goroutine(7, "chan send", "main.merge", 6, "main.merge.func1(0xc000020000)")
                    + CALLER),
            "suspect"),
        row(
            "the same beside a request that came later",
            untold(
                goroutine(7, "chan send", "main.merge", 6, "main.merge.func1(0xc000020000)")
                    + CALLER
                        .replace("goroutine 6 ", "goroutine 8 ")
                        .replace("by main.main", "by net/http.(*Server).Serve")
                        .replace("/src/app/a.go:3", "/go/src/net/http/server.go:3")),
            "leak"),
        row(
            "sessions whose starter goes on to accept others",
            goroutine(7, "chan send", "main.accept", 5, "main.(*session).write(0xc000020000)")
                + goroutine(5, "IO wait", "main.main", 1, ACCEPT, "main.accept()")
                + rest,
            "leak"),
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
            "suspect"),
        row("a worker that main started in a service", idle + LISTENER + SIGNALS + rest, "normal"),
        row("the same where main listens", idle + main("IO wait", ACCEPT, "main.main()"), "normal"),
        row("the same where only profiles may be served", idle + LISTENER + rest, "suspect"),
        row("the same alone, which may wait for a clock", idle + rest, "suspect"),
        row(
            "the same in a test",
            idle + TEST + main("chan receive", "testing.(*T).Run()", "main.main()"),
            "suspect"),
        row(
            "a worker started by a closure of an init, which may run at any time",
            idle.replace("created by main.open", "created by main.init.0.func3")
                + LISTENER
                + SIGNALS
                + rest.replace("goroutine 1 ", "goroutine 4 "),
            "suspect"),
        row(
            "a condition in a program that nothing reaches",
            goroutine(7, "sync.Cond.Wait", "main.open", 1, "main.(*q).get(0xc000020000)") + rest,
            "leak"),
        row(
            "a pool that waits for one condition",
            goroutine(7, "sync.Cond.Wait", "main.open", 1, "main.(*q).get(0xc000020000)")
                + goroutine(8, "sync.Cond.Wait", "main.open", 1, "main.(*q).get(0xc000020000)")
                + rest,
            "suspect"),
        row(
            "two conditions of two objects",
            goroutine(7, "sync.Cond.Wait", "main.open", 1, "main.(*q).get(0xc000020000)")
                + goroutine(8, "sync.Cond.Wait", "main.open", 1, "main.(*q).get(0xc000030000)")
                + rest,
            "leak"),
        row(
            "a connection in memory that waits for its next request",
            goroutine(7, "select", "main.a", 1, "net.(*pipe).read(0xc000030000)", "main.r()")
                + rest,
            "suspect"),
        row(
            "the same where another may wait for a clock",
            goroutine(7, "sync.Cond.Wait", "main.open", 1, "main.(*q).get(0xc000020000)")
                + goroutine(8, "chan receive", "main.main", 1, "main.tick()")
                + rest,
            "suspect"),
        row(
            "a pipe between connections in memory that nobody reads",
            goroutine(7, "select", "main.a", 5, "net.(*pipe).write(0xc000030000)", "main.w()")
                + rest,
            "leak"),
        row(
            "a request that shares its server with who accepts",
            goroutine(
                    7,
                    "chan send",
                    "net/http.(*Server).Serve",
                    2,
                    "main.handle(0xc000040000)",
                    "net/http.(*conn).serve(0xc000050000)")
                + goroutine(
                    2, "IO wait", "main.main", 1, ACCEPT, "net/http.(*Server).Serve(0xc000050000)")
                + rest,
            "leak"),
        row(
            "a request whose client is still there, which ends no lock",
            goroutine(7, "sync.Mutex.Lock", "net/http.(*Server).Serve", 2, LOCK, "main.handle()")
                + goroutine(8, "IO wait", "net/http.(*conn).serve", 7, WATCHER)
                + rest,
            "leak"),
        row(
            "a request that waits for its client to go",
            goroutine(7, "chan receive", "net/http.(*Server).Serve", 2, "main.handle()")
                + goroutine(8, "IO wait", "net/http.(*conn).serve", 7, WATCHER)
                + rest,
            "normal"),
        row(
            "a receiver that shares only an outer function with who is stuck",
            goroutine(7, "chan receive", "main.serve", 1, "main.serve.func2()")
                + goroutine(
                    8,
                    "chan send",
                    "net/http.(*Server).Serve",
                    2,
                    "main.ask()",
                    "main.serve.func1()")
                + LISTENER
                + rest,
            "suspect"),
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
            "a pool whose feeder may wait for the clock, and main that waits for it",
            goroutine(7, "chan receive", "main.main", 1, "main.(*s).work(0xc000020000)")
                + goroutine(8, "chan receive", "main.main", 1, "main.(*s).work(0xc000020000)")
                + goroutine(9, "chan receive", "main.main", 1, "main.(*s).feed(0xc000020000)")
                + main("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0x1)", "main.main()"),
            "suspect"),
        row(
            "a sender beside somebody asleep whose arguments are not told",
            goroutine(7, "chan send", "main.main", 1, "main.load(0xc000020000)")
                + goroutine(8, "sleep", "main.main", 1, "time.Sleep(0x1)", "main.store(...)")
                + main("chan receive", "main.main()"),
            "suspect"),
        row(
            "a sender beside somebody asleep who was given nothing",
            goroutine(7, "chan send", "main.main", 1, "main.load(0xc000020000)")
                + goroutine(8, "sleep", "main.main", 1, "time.Sleep(0x1?)", "main.nap()")
                + main("chan receive", "main.main()"),
            "leak"),
        row(
            "a sender beside a closure asleep",
            goroutine(7, "chan send", "main.main", 1, "main.load(0xc000020000)")
                + goroutine(8, "sleep", "main.main", 1, "time.Sleep(0x1)", "main.main.func1()")
                + main("chan receive", "main.main()"),
            "suspect"),
        row(
            "a sender beside somebody asleep who has an object of its own",
            goroutine(7, "chan send", "main.main", 1, "main.load(0xc000020000)")
                + goroutine(8, "sleep", "main.main", 1, "time.Sleep(0x1)", "main.(*c).tick()")
                + main("chan receive", "main.main()"),
            "leak"),
        row(
            "senders of whom one still has its starter",
            goroutine(7, "chan send", "main.ask", 15, "main.ask.func1()")
                + goroutine(8, "chan send", "main.ask", 16, "main.ask.func1()")
                + goroutine(9, "chan send", "main.ask", 5, "main.ask.func1()")
                + goroutine(5, "select", "net/http.(*Server).Serve", 2, "main.ask()")
                + LISTENER
                + rest,
            "leak"),
        row(
            "two senders of whom one has lost its starter",
            goroutine(7, "chan send", "main.ask", 15, "main.ask.func1()")
                + goroutine(8, "chan send", "main.ask", 5, "main.ask.func1()")
                + goroutine(5, "IO wait", "net/http.(*Server).Serve", 2, "main.ask()")
                + LISTENER
                + rest,
            "leak"),
        row(
            "three senders of whom one shares its object with who is at work",
            goroutine(7, "chan send", "main.open", 1, "main.(*t).put(0xc000010000)")
                + goroutine(8, "chan send", "main.open", 1, "main.(*t).put(0xc000020000)")
                + goroutine(9, "chan send", "main.open", 1, "main.(*t).put(0xc000030000)")
                + goroutine(5, "IO wait", "main.other", 1, "main.work(0xc000030000)")
                + LISTENER
                + rest,
            "leak"),
        row(
            "senders all of whom have their starters",
            goroutine(7, "chan send", "main.ask", 5, "main.ask.func1()")
                + goroutine(8, "chan send", "main.ask", 6, "main.ask.func1()")
                + goroutine(5, "IO wait", "net/http.(*Server).Serve", 2, "main.ask()")
                + goroutine(6, "IO wait", "net/http.(*Server).Serve", 2, "main.ask()")
                + LISTENER
                + rest,
            "normal"),
        row(
            "a lock beside who has not begun to run",
            goroutine(7, "sync.Mutex.Lock", "main.a", 5, LOCK, "main.(*t).f(0xc000010000)")
                + goroutine(8, "runnable", "main.a", 5, "main.a.func1()", "runtime.goexit()"),
            "suspect"),
        row(
            "a lock that only who is parked in a select may hold",
            goroutine(7, "sync.Mutex.Lock", "main.a", 5, LOCK, "main.(*t).f(0xc000010000)")
                + goroutine(8, "select", "main.b", 6, "main.(*t).g(0xc000010000)")
                + LISTENER
                + SIGNALS
                + rest,
            "suspect"),
        row(
            "senders beside those who come to send themselves",
            goroutine(7, "chan send", "main.a", 1, "main.(*t).read(0xc000010000)")
                + goroutine(
                    8,
                    "IO wait",
                    "main.a",
                    1,
                    "internal/poll.(*FD).Read()",
                    "main.(*t).read(0xc000010000)")
                + rest,
            "suspect"),
        row(
            "a sender whose receiver waits for the network",
            goroutine(7, "chan send", "main.a", 1, "main.(*t).read(0xc000010000)")
                + goroutine(
                    8,
                    "IO wait",
                    "main.a",
                    1,
                    "internal/poll.(*FD).Read()",
                    "main.(*t).store(0xc000010000)")
                + rest,
            "normal"),
        row(
            "a closure beside somebody asleep with an object that it may have captured",
            goroutine(7, "chan send", "main.main", 1, "main.main.func1()")
                + goroutine(
                    8, "sleep", "main.main", 1, "time.Sleep(0x1)", "main.(*c).tick(0xc000020000)")
                + main("chan receive", "main.main()"),
            "suspect"),
        row("who waits for a connection of a pool that nobody has", POOL + rest, "suspect"),
        row(
            "the same while somebody is at work who may have one",
            POOL + goroutine(9, "IO wait", "main.main", 1, "main.report(0xc000030000)") + rest,
            "normal"),
        row(
            "sleepers that many requests left behind",
            many("sleep", 60) + LISTENER + rest,
            "suspect"),
        row("fewer of them", many("sleep", 40) + LISTENER + rest, "normal"),
        row(
            "sleepers that one who is there started",
            many("sleep", 60).replaceAll("goroutine \\d*5\n", "goroutine 5\n")
                + goroutine(5, "IO wait", "main.main", 1, "main.other()")
                + rest,
            "normal"),
        row(
            "a pipe without a reader",
            goroutine(7, "select", "main.a", 5, "io.(*pipe).write(0xc000030000)", "main.w()")
                + LISTENER
                + rest,
            "leak"),
        row(
            "who asks a server, which answers from outside",
            goroutine(
                    7,
                    "select",
                    "main.main",
                    1,
                    "net/http.(*persistConn).roundTrip(0xc000020000)",
                    "main.get()")
                + rest,
            "normal"),
        row(
            "an actor",
            goroutine(7, "select", "main.a", 1, "main.(*a).loop()") + LISTENER + SIGNALS + rest,
            "normal"),
        row(
            "the same where only profiles may be served",
            goroutine(7, "select", "main.a", 1, "main.(*a).loop()") + LISTENER + rest,
            "suspect"));
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
    "running, runtime.Stack(0xc000030000), suspect"
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
  void main_that_waits_for_its_test_is_normal() throws Exception {
    String dump =
        main("chan receive", "testing.(*T).Run(0xc000001000)", "main.main()")
            + goroutine(7, "chan send", "testing.(*T).Run", 1, "main.T()", "testing.tRunner()");
    assertThat(GoroutineAnalysis.report("x", Dumps.read(dump), List.of()).groups())
        .allMatch(group -> "chan send".equals(group.state()) == (group.verdict() == Verdict.LEAK));
  }

  @Test
  void when_all_are_asleep_all_that_wait_for_another_are_leaks() throws Exception {
    String stacks =
        main("select", "main.main()")
            + goroutine(7, "chan receive", "main.main", 1, "main.work()")
            + "goroutine 8 [finalizer wait]:\nruntime.runfinq()\n\t/go/src/runtime/mfinal.go:1\n";
    String fatal = "fatal error: all goroutines are asleep - deadlock!\n\n";
    assertThat(GoroutineAnalysis.report("x", Dumps.read(fatal + stacks)).groups())
        .filteredOn(group -> group.verdict() == Verdict.LEAK)
        .extracting(GoroutineReport.Group::state, GoroutineReport.Group::finding)
        .containsExactlyInAnyOrder(
            tuple("select", "goroutine-unreachable"),
            tuple("chan receive", "goroutine-unreachable"));
    assertThat(GoroutineAnalysis.report("x", Dumps.read(stacks)).groups())
        .noneMatch(group -> group.finding().equals("goroutine-unreachable"));
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

  @Test
  void of_many_that_a_reason_could_name_it_names_the_same_each_time() throws Exception {
    StringBuilder dump = new StringBuilder(main("sleep", "time.Sleep(0x1)", "main.main()"));
    for (int i = 0; i < 12; i++) {
      String call = "main.f%d(0xc000020000)".formatted(i);
      dump.append(goroutine(20 + i, "sync.Mutex.Lock", "main.main", 1, LOCK, call));
    }
    dump.append(goroutine(7, "chan receive", "main.main", 1, "main.wait(0xc000020000)"));
    Set<String> said = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      said.add(GoroutineAnalysis.report("x", Dumps.read(dump.toString())).groups().toString());
    }
    assertThat(said).hasSize(1);
  }
}
