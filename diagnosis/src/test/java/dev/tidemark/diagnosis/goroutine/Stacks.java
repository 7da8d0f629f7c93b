package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Small dumps put together from goroutines whose calls tell who could wake whom; seven is judged.
 */
final class Stacks {
  static final String LOCK = "sync.(*Mutex).lockSlow(0xc000010008)";
  static final String ACCEPT = "internal/poll.(*FD).Accept()";

  /** A server of the standard library, and what handles signals. */
  static final String LISTENER = goroutine(2, "IO wait", "net/http.(*Server).Serve", 1, ACCEPT);

  static final String SIGNALS =
      goroutine(3, "syscall", "os/signal.Notify.func1.1", 1, "os/signal.signal_recv()");

  /** Main, asleep. */
  static final String REST = main("sleep", "time.Sleep(0x1)", "main.main()");

  private Stacks() {}

  /**
   * @param calls innermost first; those of package main are of {@code /src/app/a.go}, at line 7
   *     unless another follows a colon
   */
  static String goroutine(long id, String state, String creator, long parent, String... calls) {
    StringBuilder text = new StringBuilder("goroutine " + id + " [" + state + "]:\n");
    for (String call : calls) {
      int colon = call.lastIndexOf("):") + 1;
      String line = colon > 0 ? call.substring(colon + 1) : "7";
      text.append(colon > 0 ? call.substring(0, colon) : call);
      text.append("\n\t").append(file(call)).append(":").append(line).append(" +0x1\n");
    }
    text.append("created by ").append(creator).append(" in goroutine ").append(parent);
    return text + "\n\t" + file(creator) + ":3 +0x1\n\n";
  }

  private static String file(String function) {
    boolean ours = function.startsWith("main.") || function.startsWith("app");
    return ours ? "/src/app/a.go" : "/go/src/" + function.replaceFirst("\\..*", "") + "/x.go";
  }

  /** Those that many requests left behind; the first has number 7. */
  static String many(String state, int count) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < count; i++) {
      all.append(goroutine(7 + 10L * i, state, "main.ask", 5 + 10L * i, "main.ask.func1()"));
    }
    return all.toString();
  }

  static String main(String state, String... calls) {
    return goroutine(1, state, "x", 0, calls).replaceFirst("created by(?s:.*)", "\n");
  }

  /** As Go before 1.21 writes it, which does not tell who started whom. */
  static String untold(String dump) {
    return dump.replaceAll("(created by .*) in goroutine \\d+", "$1");
  }

  static Arguments row(String what, String dump, String verdict) {
    return Arguments.of(what, dump, verdict);
  }

  /** Asserts the verdict of the group of goroutine seven. */
  static void judges(String what, String dump, String verdict) throws Exception {
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
