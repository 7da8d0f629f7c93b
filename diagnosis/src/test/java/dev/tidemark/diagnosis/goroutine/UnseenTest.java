package dev.tidemark.diagnosis.goroutine;

import static dev.tidemark.diagnosis.goroutine.Stacks.ACCEPT;
import static dev.tidemark.diagnosis.goroutine.Stacks.LISTENER;
import static dev.tidemark.diagnosis.goroutine.Stacks.LOCK;
import static dev.tidemark.diagnosis.goroutine.Stacks.REST;
import static dev.tidemark.diagnosis.goroutine.Stacks.goroutine;
import static dev.tidemark.diagnosis.goroutine.Stacks.main;
import static dev.tidemark.diagnosis.goroutine.Stacks.row;
import static dev.tidemark.diagnosis.goroutine.Stacks.untold;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Senders and locks beside those who may know of them though the dump does not show it. */
class UnseenTest {
  private static final String SERVER = "net/http.(*Server).Serve";
  private static final String SERVE = "net/http.(*conn).serve(0xc000050000)";
  private static final String CALL = "main.(*client).call(0xc000030000)";

  /** Calls a generator, and works between two receives. */
  private static final String CALLER =
      goroutine(6, "sleep", "main.main", 1, "time.Sleep(0x1)", "main.consume()");

  private static String selects(int count) {
    StringBuilder all = new StringBuilder(REST);
    for (int i = 0; i < count; i++) {
      String call = "main.(*s%d).loop(0xc00002%d000)".formatted(i, i);
      all.append(goroutine(20 + i, "select", "main.run", 5, call));
    }
    return all.toString();
  }

  static Stream<Arguments> cases() {
    return Stream.of(
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
            "a sender beside many selects of those it was started with, which would receive",
            goroutine(7, "chan send", "main.run", 5, "main.(*t).put(0xc000010000)") + selects(45),
            "leak"),
        row(
            "the same where one more of them is at work",
            goroutine(7, "chan send", "main.run", 5, "main.(*t).put(0xc000010000)")
                + selects(45)
                + goroutine(80, "IO wait", "main.run", 5, "main.(*z).work(0xc000080000)"),
            "suspect"),
        row(
            "the same where another started that one",
            goroutine(7, "chan send", "main.run", 5, "main.(*t).put(0xc000010000)")
                + selects(45)
                + goroutine(80, "IO wait", "main.run", 6, "main.(*z).work(0xc000080000)"),
            "leak"),
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
                + REST,
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
                + REST,
            "leak"),
        row(
            "a stage of a pipeline beside another type's, started with it, which writes to a disk",
            goroutine(7, "chan send", "main.main", 1, "main.(*pipe).fetch(0xc000020000)")
                + goroutine(8, "IO wait", "main.main", 1, "main.(*sink).run(0xc000030000)")
                + REST,
            "suspect"),
        row(
            "the same beside one that another has started",
            goroutine(7, "chan send", "main.main", 1, "main.(*pipe).fetch(0xc000020000)")
                + goroutine(8, "IO wait", "main.open", 1, "main.(*sink).run(0xc000030000)")
                + REST,
            "leak"),
        row(
            "who waits for a place that somebody further down in the closure will give back",
            goroutine(7, "chan send", SERVER, 2, "main.main.func3(0xc000070000?):20", SERVE)
                + goroutine(
                    8, "chan receive", SERVER, 2, CALL, "main.main.func3(0xc000070000?):21", SERVE)
                + goroutine(9, "IO wait", "main.dial", 1, "main.(*client).read(0xc000030000)")
                + LISTENER
                + REST,
            "suspect"),
        row(
            "the same where somebody stands further up",
            goroutine(7, "chan send", SERVER, 2, "main.main.func3(0xc000070000?):20", SERVE)
                + goroutine(
                    8, "chan receive", SERVER, 2, CALL, "main.main.func3(0xc000070000?):19", SERVE)
                + goroutine(9, "IO wait", "main.dial", 1, "main.(*client).read(0xc000030000)")
                + LISTENER
                + REST,
            "leak"),
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
            "a closure beside somebody asleep with an object that it may have captured",
            goroutine(7, "chan send", "main.main", 1, "main.main.func1()")
                + goroutine(
                    8, "sleep", "main.main", 1, "time.Sleep(0x1)", "main.(*c).tick(0xc000020000)")
                + main("chan receive", "main.main()"),
            "suspect"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(String what, String dump, String verdict) throws Exception {
    Stacks.judges(what, dump, verdict);
  }
}
