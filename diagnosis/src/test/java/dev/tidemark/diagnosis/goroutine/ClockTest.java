package dev.tidemark.diagnosis.goroutine;

import static dev.tidemark.diagnosis.goroutine.Stacks.LISTENER;
import static dev.tidemark.diagnosis.goroutine.Stacks.REST;
import static dev.tidemark.diagnosis.goroutine.Stacks.goroutine;
import static dev.tidemark.diagnosis.goroutine.Stacks.main;
import static dev.tidemark.diagnosis.goroutine.Stacks.many;
import static dev.tidemark.diagnosis.goroutine.Stacks.row;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Receivers and conditions that a timer may wake, and who waits for them. */
class ClockTest {
  /** All of main's, blocked for a minute and more but for the last. */
  private static String loops(long... ids) {
    StringBuilder all = new StringBuilder();
    for (long id : ids) {
      String state = id == ids[ids.length - 1] ? "select" : "select, 2 minutes";
      all.append(goroutine(id, state, "main.main", 1, "main.shard()"));
    }
    return all.toString();
  }

  static Stream<Arguments> cases() {
    String receive = goroutine(7, "chan receive", "main.ask", 5, "main.ask.func1()");
    String idle = goroutine(7, "chan receive", "main.open", 1, "main.(*pool).run(0xc000020000)");
    return Stream.of(
        row(
            "a receiver whose request is gone, and which the next may use",
            receive + LISTENER + REST,
            "suspect"),
        row("the same where nothing comes from outside", receive + REST, "leak"),
        row(
            "receivers of many requests that are gone: each tenant's ticker looks the same",
            many("chan receive", 12) + LISTENER + REST,
            "suspect"),
        row("the same where nothing comes from outside", many("chan receive", 12) + REST, "leak"),
        row(
            "the same of a condition, which is no ticker",
            many("sync.Cond.Wait", 12) + LISTENER + REST,
            "leak"),
        row(
            "the same when some were just woken at the line where all wait",
            many("chan receive", 12)
                + many("runnable", 2).replaceAll("goroutine (\\d+ )", "goroutine 99$1")
                + LISTENER
                + REST,
            "normal"),
        row(
            "many more, of whom two are there: they may be about to block",
            many("chan receive", 60)
                + many("runnable", 2).replaceAll("goroutine (\\d+ )", "goroutine 99$1")
                + LISTENER
                + REST,
            "suspect"),
        row(
            "a loop that waits for less time than one that was started later",
            goroutine(7, "select", "main.open", 5, "main.(*store).run()")
                + goroutine(40, "select, 10 minutes", "main.main", 1, "main.shard()")
                + LISTENER
                + REST,
            "normal"),
        row(
            "one that waits for as long as those that were started later",
            goroutine(7, "select, 10 minutes", "main.open", 5, "main.(*store).run()")
                + goroutine(40, "select, 10 minutes", "main.main", 1, "main.shard()")
                + LISTENER
                + REST,
            "suspect"),
        row(
            "one that was started later than those that wait for longer",
            goroutine(7, "select", "main.open", 5, "main.(*store).run()")
                + goroutine(4, "select, 10 minutes", "main.main", 1, "main.shard()")
                + LISTENER
                + REST,
            "suspect"),
        row(
            "loops of which one is started each minute, the newest a moment ago",
            loops(7, 8, 9) + LISTENER + REST,
            "suspect"),
        row(
            "a condition in a program that nothing reaches",
            goroutine(7, "sync.Cond.Wait", "main.open", 1, "main.(*q).get(0xc000020000)") + REST,
            "leak"),
        row(
            "a pool that waits for one condition",
            goroutine(7, "sync.Cond.Wait", "main.open", 1, "main.(*q).get(0xc000020000)")
                + goroutine(8, "sync.Cond.Wait", "main.open", 1, "main.(*q).get(0xc000020000)")
                + REST,
            "suspect"),
        row(
            "two conditions of two objects",
            goroutine(7, "sync.Cond.Wait", "main.open", 1, "main.(*q).get(0xc000020000)")
                + goroutine(8, "sync.Cond.Wait", "main.open", 1, "main.(*q).get(0xc000030000)")
                + REST,
            "leak"),
        row(
            "a connection in memory that waits for its next request",
            goroutine(7, "select", "main.a", 1, "net.(*pipe).read(0xc000030000)", "main.r()")
                + REST,
            "suspect"),
        row(
            "the same where another may wait for a clock",
            goroutine(7, "sync.Cond.Wait", "main.open", 1, "main.(*q).get(0xc000020000)")
                + goroutine(8, "chan receive", "main.main", 1, "main.tick()")
                + REST,
            "suspect"),
        row(
            "a pool whose feeder may wait for the clock, and main that waits for it",
            goroutine(7, "chan receive", "main.main", 1, "main.(*s).work(0xc000020000)")
                + goroutine(8, "chan receive", "main.main", 1, "main.(*s).work(0xc000020000)")
                + goroutine(9, "chan receive", "main.main", 1, "main.(*s).feed(0xc000020000)")
                + main("sync.WaitGroup.Wait", "sync.(*WaitGroup).Wait(0x1)", "main.main()"),
            "suspect"),
        row("the same alone, which may wait for a clock", idle + REST, "suspect"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(String what, String dump, String verdict) throws Exception {
    Stacks.judges(what, dump, verdict);
  }
}
