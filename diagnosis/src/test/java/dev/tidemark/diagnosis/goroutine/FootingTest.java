package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.finding.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Selects that hang in the air, and who waits for them. */
class FootingTest {
  private static final String MAIN =
      """
      goroutine 1 [sleep]:
      time.Sleep(0x1)
      	/go/src/time/sleep.go:7 +0x1
      main.main()
      	/src/app/a.go:7 +0x1

      """;

  private static final String SERVICE =
      MAIN
          + """
      goroutine 2 [IO wait]:
      internal/poll.(*FD).Accept(0xc000050000)
      	/go/src/internal/poll/fd.go:7 +0x1
      created by main.main in goroutine 1
      	/src/app/a.go:3 +0x1

      goroutine 3 [syscall]:
      os/signal.signal_recv()
      	/go/src/runtime/sigqueue.go:7 +0x1
      created by os/signal.Notify.func1.1 in goroutine 1
      	/go/src/os/signal/signal.go:3 +0x1

      """;

  /** A loop that takes in and one that hands out, of one object, started by one goroutine. */
  private static String pair(int id, String by) {
    String object = "(0xc0000" + (10000 + id * 16) + ")";
    return one(id, "select", "main.(*listener).pop" + object, by)
        + one(id + 1, "chan receive", "main.(*listener).run" + object, by);
  }

  private static String one(int id, String state, String call, String by) {
    return """
        goroutine %d [%s]:
        %s
        	/src/app/a.go:9 +0x1
        created by main.listen%s
        	/src/app/a.go:3 +0x1

        """
        .formatted(id, state, call, by);
  }

  private static List<String> verdicts(String dump) throws Exception {
    return GoroutineAnalysis.report("x", Dumps.read(dump)).groups().stream()
        .filter(group -> group.blockedAt() != null && !"sleep".equals(group.state()))
        .map(group -> group.state() + " " + group.verdict() + " " + group.finding())
        .sorted()
        .toList();
  }

  @Test
  void loops_that_requests_left_behind_are_leaks_together() throws Exception {
    String dump = SERVICE;
    for (int i = 0; i < 12; i++) {
      dump += pair(10 + 5 * i, " in goroutine " + (9 + 5 * i));
    }
    assertThat(verdicts(dump))
        .containsExactly(
            "chan receive LEAK goroutine-context-lost", "select LEAK goroutine-context-lost");
  }

  @Test
  void loops_of_few_requests_are_suspect_for_one_a_tenant_looks_the_same() throws Exception {
    String dump = SERVICE;
    for (int i = 0; i < 4; i++) {
      dump += pair(10 + 5 * i, " in goroutine " + (9 + 5 * i));
    }
    assertThat(verdicts(dump))
        .containsExactly(
            "chan receive SUSPECT goroutine-context-lost", "select SUSPECT goroutine-context-lost");
  }

  @Test
  void loops_that_main_started_in_a_service_are_normal() throws Exception {
    assertThat(verdicts(SERVICE + pair(10, " in goroutine 1") + pair(12, " in goroutine 1")))
        .containsExactly("chan receive NORMAL goroutine-normal", "select NORMAL goroutine-normal");
  }

  @Test
  void loops_of_a_program_that_is_no_service_are_suspect_for_a_timer_may_be_there()
      throws Exception {
    assertThat(verdicts(MAIN + pair(10, " in goroutine 1")))
        .containsExactly(
            "chan receive SUSPECT goroutine-context-lost", "select SUSPECT goroutine-context-lost");
  }

  @Test
  void loops_with_somebody_at_work_are_normal() throws Exception {
    String at = one(12, "IO wait", "main.(*listener).fetch(0xc000010160)", " in goroutine 1");
    assertThat(verdicts(MAIN + pair(10, " in goroutine 1") + at))
        .containsExactly(
            "IO wait NORMAL goroutine-normal",
            "chan receive NORMAL goroutine-normal",
            "select NORMAL goroutine-normal");
  }

  @Test
  void receivers_started_over_time_by_who_is_not_told_are_leaks_where_nothing_listens()
      throws Exception {
    String late = SERVICE.replace(" in goroutine 1", "");
    String row = late;
    for (int i = 0; i < 12; i++) {
      late += one(20 + 5 * i, "chan receive", "main.ask.func1()", "");
      row += one(20 + i, "chan receive", "main.ask.func1()", "");
    }
    assertThat(verdicts(late)).containsExactly("chan receive SUSPECT goroutine-blocked-receive");
    assertThat(verdicts(late.replace("Accept", "Read").replace("signal_recv", "x")))
        .as("a ticker's loop for each tenant comes from outside")
        .contains("chan receive LEAK goroutine-blocked-receive");
    assertThat(verdicts(late.replace("chan receive", "sync.Cond.Wait")))
        .containsExactly("sync.Cond.Wait LEAK goroutine-condition");
    assertThat(verdicts(row)).containsExactly("chan receive SUSPECT goroutine-blocked-receive");
  }

  @Test
  void streams_of_clients_that_are_there_are_no_leak_where_no_starter_is_told() throws Exception {
    String dump = SERVICE.replace(" in goroutine 1", "");
    for (int i = 0; i < 14; i++) {
      dump +=
          one(20 + 5 * i, "chan receive", "main.news(0x1?)", "").replace("main.listen", "main.on");
      dump +=
          one(21 + 5 * i, "IO wait", "net/http.(*connReader).backgroundRead(0x1?)", "")
              .replace("/src/app/a.go:9", "/go/src/net/http/server.go:9");
    }
    assertThat(verdicts(dump)).containsExactly("chan receive SUSPECT goroutine-blocked-receive");
  }

  @Test
  void numbers_that_processors_left_out_are_no_time_between() throws Exception {
    String dump = SERVICE.replace(" in goroutine 1", "");
    for (int i = 0; i < 32; i++) {
      dump += one(17 + i / 4 * 16 + i % 4, "chan receive", "main.ask.func1()", "");
    }
    Verdict verdict =
        GoroutineAnalysis.report("x", Dumps.read(dump)).groups().stream()
            .filter(group -> "chan receive".equals(group.state()))
            .findFirst()
            .orElseThrow()
            .verdict();
    assertThat(verdict).isEqualTo(Verdict.SUSPECT);
  }

  private static String connection(int id, String request) {
    return """
        goroutine %d [IO wait]:
        bufio.(*Reader).Peek(0xc000040000, 0x4)
        	/go/src/bufio/bufio.go:7 +0x1
        %snet/http.(*conn).serve(0xc000040100, {0x810f90, 0xc00007b8c0})
        	/go/src/net/http/server.go:7 +0x1
        created by net/http.(*Server).Serve in goroutine 1
        	/go/src/net/http/server.go:3 +0x1

        """
        .formatted(id, request);
  }

  @Test
  void a_connection_between_two_requests_is_no_starter_any_more() throws Exception {
    String loops = SERVICE;
    for (int i = 0; i < 12; i++) {
      loops +=
          one(
              20 + i,
              "select",
              "main.(*room).loop(0xc00003%d)".formatted(1000 + 16 * i),
              " in goroutine 9");
    }
    String lost = "select SUSPECT goroutine-context-lost";
    assertThat(verdicts(loops + connection(9, ""))).containsExactly(lost);
    String handler =
        "net/http.serverHandler.ServeHTTP({0x1}, {0x2, 0x3}, 0x4)\n\t/go/src/net/http/server.go:7 +0x1\n";
    assertThat(verdicts(loops + connection(9, handler)))
        .containsExactly("select NORMAL goroutine-normal");
  }

  @Test
  void one_that_is_gone_between_each_two_tells_that_others_started_them() throws Exception {
    String told = SERVICE.replace(" in goroutine 1", "");
    String pairs = told;
    for (int i = 0; i < 12; i++) {
      String loop = "main.(*room).loop(0xc00003%d)".formatted(1000 + 16 * i);
      told += one(20 + 2 * i, "select", loop, "");
      pairs +=
          one(20 + 2 * i, "select", loop, "") + one(21 + 2 * i, "chan receive", "main.other()", "");
    }
    assertThat(verdicts(told)).containsExactly("select SUSPECT goroutine-context-lost");
    assertThat(verdicts(pairs)).contains("select NORMAL goroutine-normal");
  }
}
