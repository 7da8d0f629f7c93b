package dev.tidemark.diagnosis.goroutine;

import static dev.tidemark.diagnosis.goroutine.Stacks.ACCEPT;
import static dev.tidemark.diagnosis.goroutine.Stacks.LISTENER;
import static dev.tidemark.diagnosis.goroutine.Stacks.LOCK;
import static dev.tidemark.diagnosis.goroutine.Stacks.REST;
import static dev.tidemark.diagnosis.goroutine.Stacks.SIGNALS;
import static dev.tidemark.diagnosis.goroutine.Stacks.goroutine;
import static dev.tidemark.diagnosis.goroutine.Stacks.main;
import static dev.tidemark.diagnosis.goroutine.Stacks.many;
import static dev.tidemark.diagnosis.goroutine.Stacks.row;
import static dev.tidemark.diagnosis.goroutine.Stacks.untold;
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
  private static final String POOL =
      goroutine(7, "select", "main.main", 1, "database/sql.(*DB).conn(0xc000020000)", "main.f()")
          + goroutine(
              8,
              "select",
              "database/sql.OpenDB",
              1,
              "database/sql.(*DB).connectionOpener(0xc000020000)");

  private static final String SERVER = "net/http.(*Server).Serve";
  private static final String SERVE = "net/http.(*conn).serve(0xc000050000)";
  private static final String WATCHER = "net/http.(*connReader).backgroundRead(0xc000060000)";
  private static final String TEST =
      goroutine(9, "sleep", "testing.(*T).Run", 1, "main.T()", "testing.tRunner()");

  /** Of one type with the senders, which no address ties to them. */
  private static final String IDLE =
      goroutine(20, "chan receive", "main.main", 1, "main.(*app).worker()")
          + goroutine(21, "IO wait", "main.main", 1, ACCEPT, "main.(*app).tcp()");

  /** Others that main started, each elsewhere. */
  private static String others(int count) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(goroutine(100 + i, "IO wait", "main.main", 1, "main.serve" + i + "()"));
    }
    return all.toString();
  }

  private static String places(int count) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(goroutine(7 + i, "chan send", SERVER, 2, "main.(*app).limited(0xc000010000)"));
    }
    return all.toString();
  }

  /** Twelve who each started somebody who asks a server. */
  private static String limited(String by) {
    String asks = "net/http.(*persistConn).roundTrip(0xc000020000)";
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      long id = 7 + 10L * i;
      all.append(goroutine(id, "chan send", SERVER, 2, "main.(*group).Go(0xc000010000)"));
      all.append(goroutine(id + 1, "select", by, id, asks, "main.up(0xc000010000)"));
    }
    return all.toString();
  }

  static Stream<Arguments> cases() {
    String send = goroutine(7, "chan send", "main.ask", 5, "main.ask.func1()");
    String receive = goroutine(7, "chan receive", "main.ask", 5, "main.ask.func1()");
    String idle = goroutine(7, "chan receive", "main.open", 1, "main.(*pool).run(0xc000020000)");
    return Stream.of(
        row(
            "a sender of a dump that is cut",
            send + REST + "goroutine 9 [IO wait]:\nmain.o",
            "suspect"),
        row(
            "a receiver whose request is gone of a dump that is cut",
            receive + LISTENER + REST + "goroutine 9 [IO wait]:\nmain.o",
            "suspect"),
        row("a sender whose request is gone", send + LISTENER + REST, "leak"),
        row(
            "a sender whose receiver is at work",
            send + goroutine(8, "sleep", "main.ask", 5, "main.work()") + LISTENER + REST,
            "normal"),
        row(
            "a sender whose request goes on",
            send + goroutine(5, "IO wait", "net/http.(*Server).Serve", 2, "main.ask()") + REST,
            "normal"),
        row(
            "a sender whose request goes on elsewhere",
            send + goroutine(5, "IO wait", "net/http.(*Server).Serve", 2, "main.other()") + REST,
            "suspect"),
        row("a worker that main started in a service", idle + LISTENER + SIGNALS + REST, "normal"),
        row("the same where main listens", idle + main("IO wait", ACCEPT, "main.main()"), "normal"),
        row(
            "the same where its own code accepts connections",
            idle + goroutine(8, "IO wait", "main.main", 1, ACCEPT, "main.(*rooms).listen()") + REST,
            "normal"),
        row(
            "one of many that main started, which waits for signals and so keeps them all",
            goroutine(7, "chan receive", "main.main", 1, "main.intern.func1()")
                + others(45)
                + SIGNALS
                + LISTENER
                + main("chan receive", "app.WaitForSigterm()", "main.main()"),
            "normal"),
        row(
            "what an init started, which sends to whoever comes, while main does nothing",
            goroutine(7, "chan send", "app/queue.init.0", 1, "app/queue.generate()")
                + LISTENER
                + main("select (no cases)", "main.main()"),
            "normal"),
        row(
            "the same of main",
            goroutine(7, "chan send", "main.main", 1, "app/queue.generate()")
                + LISTENER
                + main("select (no cases)", "main.main()"),
            "leak"),
        row(
            "who is named for signals, in a program that handles some, beside another receiver",
            goroutine(7, "chan receive", "main.open", 5, "main.handleSignals()")
                + goroutine(8, "chan receive", "main.open", 6, "main.(*pool).run(0xc000020000)")
                + SIGNALS
                + LISTENER
                + REST,
            "normal"),
        row(
            "the same where nothing handles signals",
            goroutine(7, "chan receive", "main.open", 5, "main.handleSignals()")
                + goroutine(8, "chan receive", "main.open", 6, "main.(*pool).run(0xc000020000)")
                + LISTENER
                + REST,
            "suspect"),
        row(
            "the same where net/http serves profiles in a closure of main",
            idle
                + goroutine(
                    8, "IO wait", "main.main", 1, ACCEPT, SERVER + "(0x1)", "main.main.func1()")
                + REST,
            "suspect"),
        row("the same where only profiles may be served", idle + LISTENER + REST, "suspect"),
        row(
            "the same in a test",
            idle + TEST + main("chan receive", "testing.(*T).Run()", "main.main()"),
            "suspect"),
        row(
            "a worker started by a closure of an init, which may run at any time",
            idle.replace("created by main.open", "created by main.init.0.func3")
                + LISTENER
                + SIGNALS
                + REST.replace("goroutine 1 ", "goroutine 4 "),
            "suspect"),
        row(
            "a pipe between connections in memory that nobody reads",
            goroutine(7, "select", "main.a", 5, "net.(*pipe).write(0xc000030000)", "main.w()")
                + REST,
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
                + REST,
            "leak"),
        row(
            "a request that waits for its client to go",
            goroutine(7, "chan receive", "net/http.(*Server).Serve", 2, "main.handle()")
                + goroutine(8, "IO wait", "net/http.(*conn).serve", 7, WATCHER)
                + REST,
            "normal"),
        row(
            "the same where the dump does not tell whose client: as many are there as wait",
            untold(
                goroutine(7, "chan receive", SERVER, 2, "main.handle()", SERVE)
                    + goroutine(8, "IO wait", "net/http.(*conn).serve", 7, WATCHER)
                    + LISTENER
                    + REST),
            "normal"),
        row(
            "the same where one of two clients has gone",
            untold(
                goroutine(7, "chan receive", SERVER, 2, "main.handle()", SERVE)
                    + goroutine(9, "chan receive", SERVER, 2, "main.handle()", SERVE)
                    + goroutine(8, "IO wait", "net/http.(*conn).serve", 7, WATCHER)
                    + LISTENER
                    + REST),
            "suspect"),
        row(
            "those who wait for a place among those whom they started, who ask servers",
            limited("main.(*group).Go") + LISTENER + REST,
            "normal"),
        row(
            "the same when others have started whom",
            limited("main.(*group).Others") + LISTENER + REST,
            "suspect"),
        row(
            "senders for a place, beside those of their type who are idle or accept",
            places(3) + IDLE + LISTENER + SIGNALS + REST,
            "suspect"),
        row(
            "the same where starters are not told and what they started goes on",
            untold(
                places(3)
                    + goroutine(22, "chan receive", "main.(*app).limited", 7, "main.(*app).task()")
                    + goroutine(23, "IO wait", "main.dial", 1, "main.(*app).task()")
                    + IDLE
                    + LISTENER
                    + SIGNALS
                    + REST),
            "normal"),
        row("fewer of them", places(2) + IDLE + LISTENER + SIGNALS + REST, "normal"),
        row(
            "the same beside one of them who is at work",
            places(3)
                + IDLE
                + goroutine(6, "IO wait", "main.main", 1, "main.(*app).save()")
                + LISTENER
                + SIGNALS
                + REST,
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
                + REST,
            "suspect"),
        row(
            "a worker that shares an object with who runs",
            receive.replace("func1()", "func1(0xc000020000)")
                + goroutine(9, "running", "main.b", 1, "main.other(0xc000020000)"),
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
            "senders of whom one still has its starter",
            goroutine(7, "chan send", "main.ask", 15, "main.ask.func1()")
                + goroutine(8, "chan send", "main.ask", 16, "main.ask.func1()")
                + goroutine(9, "chan send", "main.ask", 5, "main.ask.func1()")
                + goroutine(5, "select", "net/http.(*Server).Serve", 2, "main.ask()")
                + LISTENER
                + REST,
            "leak"),
        row(
            "two senders of whom one has lost its starter",
            goroutine(7, "chan send", "main.ask", 15, "main.ask.func1()")
                + goroutine(8, "chan send", "main.ask", 5, "main.ask.func1()")
                + goroutine(5, "IO wait", "net/http.(*Server).Serve", 2, "main.ask()")
                + LISTENER
                + REST,
            "leak"),
        row(
            "three senders of whom one shares its object with who is at work",
            goroutine(7, "chan send", "main.open", 1, "main.(*t).put(0xc000010000)")
                + goroutine(8, "chan send", "main.open", 1, "main.(*t).put(0xc000020000)")
                + goroutine(9, "chan send", "main.open", 1, "main.(*t).put(0xc000030000)")
                + goroutine(5, "IO wait", "main.other", 1, "main.work(0xc000030000)")
                + LISTENER
                + REST,
            "leak"),
        row(
            "senders all of whom have their starters",
            goroutine(7, "chan send", "main.ask", 5, "main.ask.func1()")
                + goroutine(8, "chan send", "main.ask", 6, "main.ask.func1()")
                + goroutine(5, "IO wait", "net/http.(*Server).Serve", 2, "main.ask()")
                + goroutine(6, "IO wait", "net/http.(*Server).Serve", 2, "main.ask()")
                + LISTENER
                + REST,
            "normal"),
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
                + REST,
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
                + REST,
            "normal"),
        row("who waits for a connection of a pool that nobody has", POOL + REST, "suspect"),
        row(
            "the same while somebody is at work who may have one",
            POOL + goroutine(9, "IO wait", "main.main", 1, "main.report(0xc000030000)") + REST,
            "normal"),
        row(
            "sleepers that many requests left behind",
            many("sleep", 60) + LISTENER + REST,
            "suspect"),
        row("fewer of them", many("sleep", 40) + LISTENER + REST, "normal"),
        row(
            "sleepers that one who is there started",
            many("sleep", 60).replaceAll("goroutine \\d*5\n", "goroutine 5\n")
                + goroutine(5, "IO wait", "main.main", 1, "main.other()")
                + REST,
            "normal"),
        row(
            "a pipe without a reader",
            goroutine(7, "select", "main.a", 5, "io.(*pipe).write(0xc000030000)", "main.w()")
                + LISTENER
                + REST,
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
                + REST,
            "normal"),
        row(
            "an actor",
            goroutine(7, "select", "main.a", 1, "main.(*a).loop()") + LISTENER + SIGNALS + REST,
            "normal"),
        row(
            "the same where only profiles may be served",
            goroutine(7, "select", "main.a", 1, "main.(*a).loop()") + LISTENER + REST,
            "suspect"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(String what, String dump, String verdict) throws Exception {
    Stacks.judges(what, dump, verdict);
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
