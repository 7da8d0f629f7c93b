package dev.tidemark.diagnosis.goroutine;

import static dev.tidemark.diagnosis.goroutine.Stacks.ACCEPT;
import static dev.tidemark.diagnosis.goroutine.Stacks.LISTENER;
import static dev.tidemark.diagnosis.goroutine.Stacks.LOCK;
import static dev.tidemark.diagnosis.goroutine.Stacks.REST;
import static dev.tidemark.diagnosis.goroutine.Stacks.SIGNALS;
import static dev.tidemark.diagnosis.goroutine.Stacks.goroutine;
import static dev.tidemark.diagnosis.goroutine.Stacks.main;
import static dev.tidemark.diagnosis.goroutine.Stacks.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.finding.Verdict;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Waiters for a lock, judged by who may hold it. */
class LockRuleTest {
  private static final String SERVER = "net/http.(*Server).Serve";
  private static final String ROUTE = "main.routes.func2()";
  private static final String OTHER = "sync.(*Mutex).lockSlow(0xc000010010)";
  private static final String WATCHER = "net/http.(*connReader).backgroundRead(0xc000060000)";

  /** One group, each called with three addresses around the lock. */
  private static String shards(int count) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String objects = "(0xc00000ff%x0, 0xc00000fe%x0, 0xc00000ff%x8)".formatted(i, i, i);
      all.append(goroutine(20 + i, "IO wait", "main.open", 4, "main.flush" + objects));
    }
    return all.toString();
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        row(
            "a lock that a function within main holds",
            goroutine(7, "sync.Mutex.Lock", "main.main", 1, "main.main.func2()")
                + goroutine(8, "sleep", "main.main", 1, "main.main.func1()")
                + main("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0x1)", "main.main()"),
            "normal"),
        row(
            "a lock near an object that another package's code was called with",
            goroutine(7, "sync.Mutex.Lock", "main.ask", 5, LOCK, "main.(*box).put(0xc000010000)")
                + goroutine(8, "sleep", "app.Run", 1, "app.(*probe).run(0xc00000ff80)")
                    .replace("/go/src/app/", "/src/app/")
                + REST,
            "leak"),
        row(
            "the same of who was started beside it: that alone shows no holder",
            goroutine(7, "sync.Mutex.Lock", "main.ask", 5, LOCK, "main.(*box).put(0xc000010000)")
                + goroutine(8, "sleep", "main.ask", 5, "app.(*probe).run(0xc00000ff80)")
                    .replace("/go/src/app/", "/src/app/")
                + REST,
            "suspect"),
        row(
            "the same of its own package's code, whose object it may lie in",
            goroutine(7, "sync.Mutex.Lock", "main.ask", 5, LOCK, "main.(*box).put(0xc000010000)")
                + goroutine(8, "sleep", "main.run", 1, "main.(*probe).run(0xc00000ff80)")
                + REST,
            "normal"),
        row(
            "locks taken in opposite order beside a single receiver, which holds none",
            goroutine(7, "sync.Mutex.Lock", "main.ask", 5, LOCK, "main.(*t).put(0xc000010000)")
                + goroutine(8, "chan receive", "main.open", 1, "main.(*t).loop(0xc000010000)")
                + LISTENER
                + REST,
            "leak"),
        row(
            "the same where somebody holds it whom that receiver may answer",
            goroutine(7, "sync.Mutex.Lock", "main.ask", 5, LOCK, "main.(*t).put(0xc000010000)")
                + goroutine(8, "chan receive", "main.open", 1, "main.(*t).loop(0xc000010000)")
                + goroutine(9, "chan send", "main.ask", 6, "main.(*t).get(0xc000010000)")
                + LISTENER
                + REST,
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
                + REST,
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
                + REST,
            "suspect"),
        row(
            "a request whose client is still there, which ends no lock",
            goroutine(7, "sync.Mutex.Lock", "net/http.(*Server).Serve", 2, LOCK, "main.handle()")
                + goroutine(8, "IO wait", "net/http.(*conn).serve", 7, WATCHER)
                + REST,
            "leak"),
        row(
            "locks taken in opposite order by handlers, beside who was started where they are written",
            goroutine(7, "sync.Mutex.Lock", SERVER, 2, LOCK, "main.pay(0xc000010010):43", ROUTE)
                + goroutine(8, "sync.Mutex.Lock", SERVER, 2, OTHER, "main.pay(0x1?):46", ROUTE)
                + goroutine(9, "sync.Mutex.Lock", SERVER, 2, LOCK, "main.refund(0x1?):55", ROUTE)
                + goroutine(6, "IO wait", "main.routes", 1, "main.refresh()")
                + LISTENER
                + REST,
            "suspect"),
        row(
            "the same where who was started there stands in the function that takes the locks",
            goroutine(7, "sync.Mutex.Lock", SERVER, 2, LOCK, "main.pay(0xc000010010):43", ROUTE)
                + goroutine(6, "IO wait", "main.routes", 1, "main.pay(0xc000010010):45")
                + LISTENER
                + REST,
            "normal"),
        row(
            "a lock of a type of which only who accepts connections and who is idle live",
            goroutine(7, "sync.Mutex.Lock", SERVER, 2, LOCK, "main.(*app).put(0xc000010000)")
                + goroutine(8, "chan receive", "main.main", 1, "main.(*app).worker()")
                + goroutine(9, "IO wait", "main.main", 1, ACCEPT, "main.(*app).tcp(0xc000010000)")
                + LISTENER
                + SIGNALS
                + REST,
            "suspect"),
        row(
            "workers that take turns to accept connections",
            goroutine(7, "sync.Mutex.Lock", "main.main", 1, LOCK, "main.(*s).next(0xc000010000):20")
                + goroutine(8, "IO wait", "main.main", 1, ACCEPT, "main.(*s).next(0xc000010000):21")
                + REST,
            "normal"),
        row(
            "a lock whose holder waits for an answer that somebody reads",
            goroutine(7, "sync.Mutex.Lock", SERVER, 2, LOCK, "main.(*cache).get(0xc000010000):20")
                + goroutine(
                    8,
                    "chan receive",
                    SERVER,
                    2,
                    "main.(*client).call(0xc000030000):50",
                    "main.(*cache).get(0xc000010000):22")
                + goroutine(9, "IO wait", "main.dial", 1, "main.(*client).read(0xc000030000)")
                + LISTENER
                + REST,
            "normal"),
        row(
            "the same after a minute",
            goroutine(7, "sync.Mutex.Lock", SERVER, 2, LOCK, "main.(*cache).get(0xc000010000):20")
                + goroutine(
                    8,
                    "chan receive, 2 minutes",
                    SERVER,
                    2,
                    "main.(*client).call(0xc000030000):50",
                    "main.(*cache).get(0xc000010000):22")
                + goroutine(9, "IO wait", "main.dial", 1, "main.(*client).read(0xc000030000)")
                + LISTENER
                + REST,
            "suspect"),
        row(
            "a lock of one of many objects that lie close together, of which a few work",
            goroutine(7, "sync.Mutex.Lock", SERVER, 5, LOCK, "main.add(0xc000010000):20")
                + shards(14)
                + LISTENER
                + REST,
            "normal"),
        row(
            "the same where another of the type is at work",
            goroutine(7, "sync.Mutex.Lock", SERVER, 2, LOCK, "main.(*app).put(0xc000010000)")
                + goroutine(8, "chan receive", "main.main", 1, "main.(*app).worker()")
                + goroutine(9, "IO wait", "main.main", 1, "main.(*app).tcp(0xc000010000)")
                + LISTENER
                + SIGNALS
                + REST,
            "normal"),
        row(
            "the same where one that waited was just woken",
            goroutine(7, "sync.Mutex.Lock", SERVER, 2, LOCK, "main.(*app).put(0xc000010000)")
                + goroutine(6, "runnable", SERVER, 2, LOCK, "main.(*app).put(0xc000010000)")
                + goroutine(8, "select", "main.main", 1, "main.(*app).worker(0xc000010000)")
                + LISTENER
                + SIGNALS
                + REST,
            "normal"),
        row(
            "a lock whose holder sends to who is gone, beside who was only started with it",
            goroutine(7, "sync.Mutex.Lock", SERVER, 2, LOCK, "main.(*hub).add(0xc000010000)")
                + goroutine(8, "chan send", "main.open.func1", 1, "main.(*hub).publish(0x1?)")
                + goroutine(9, "IO wait", "main.open.func2", 1, "main.hit()")
                + LISTENER
                + REST,
            "suspect"),
        row(
            "a lock taken twice",
            goroutine(7, "sync.Mutex.Lock", "main.a", 5, LOCK, "main.(*t).f(0xc000010000)") + REST,
            "leak"),
        row(
            "a lock whose holder works on the object it lies in",
            goroutine(7, "sync.Mutex.Lock", "main.a", 5, LOCK, "main.(*t).f(0xc000010000)")
                + goroutine(8, "IO wait", "main.b", 6, "main.(*u).g(0xc000010000)"),
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
                + REST,
            "suspect"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(String what, String dump, String verdict) throws Exception {
    Stacks.judges(what, dump, verdict);
  }

  @Test
  void who_waits_for_the_same_lock_is_not_said_to_hold_it() throws Exception {
    String dump =
        goroutine(7, "sync.Mutex.Lock", SERVER, 2, LOCK, "main.(*carts).add(0xc000010000)")
            + goroutine(8, "sync.Mutex.Lock", SERVER, 2, LOCK, "main.(*carts).count(0xc000010000)")
            + LISTENER
            + REST;
    assertThat(GoroutineAnalysis.report("x", Dumps.read(dump)).groups())
        .filteredOn(group -> group.verdict() == Verdict.LEAK)
        .hasSize(2)
        .allMatch(group -> group.reason().contains("left locked"));
  }

  @Test
  void who_may_hold_a_lock_is_named_by_how_near_its_object_lies() throws Exception {
    StringBuilder dump = new StringBuilder(REST);
    dump.append(goroutine(7, "sync.Mutex.Lock", SERVER, 2, LOCK, "main.ask(0xc000090000)"));
    for (int i = 8; i > 0; i--) {
      String call = "main.step%d(0xc000%06x)".formatted(i, 0x10008 - 0x20 * i);
      dump.append(goroutine(7 + i, "chan send", "main.begin" + i, 1, call));
    }
    assertThat(GoroutineAnalysis.report("x", Dumps.read(dump.toString())).groups())
        .filteredOn(group -> "sync.Mutex.Lock".equals(group.state()))
        .singleElement()
        .satisfies(
            group -> assertThat(group.reason()).endsWith("it and main.step1 wait for one another"));
  }
}
