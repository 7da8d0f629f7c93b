package dev.tidemark.diagnosis.goroutine;

import static dev.tidemark.diagnosis.goroutine.Stacks.LISTENER;
import static dev.tidemark.diagnosis.goroutine.Stacks.LOCK;
import static dev.tidemark.diagnosis.goroutine.Stacks.REST;
import static dev.tidemark.diagnosis.goroutine.Stacks.SIGNALS;
import static dev.tidemark.diagnosis.goroutine.Stacks.goroutine;
import static dev.tidemark.diagnosis.goroutine.Stacks.main;
import static dev.tidemark.diagnosis.goroutine.Stacks.row;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Waiters for a lock, judged by who may hold it. */
class LockRuleTest {
  private static final String WATCHER = "net/http.(*connReader).backgroundRead(0xc000060000)";

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
}
