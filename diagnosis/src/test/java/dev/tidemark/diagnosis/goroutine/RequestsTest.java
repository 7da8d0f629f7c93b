package dev.tidemark.diagnosis.goroutine;

import static dev.tidemark.diagnosis.goroutine.Stacks.ACCEPT;
import static dev.tidemark.diagnosis.goroutine.Stacks.LISTENER;
import static dev.tidemark.diagnosis.goroutine.Stacks.REST;
import static dev.tidemark.diagnosis.goroutine.Stacks.goroutine;
import static dev.tidemark.diagnosis.goroutine.Stacks.untold;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests whose clients have gone, and one that ends its own server. */
class RequestsTest {
  private static final String SERVER = "net/http.(*Server).Serve";
  private static final String SERVE = "net/http.(*conn).serve(0xc000050000)";

  /** What the request may wait for is alive, so that no other rule suspects it. */
  private static final String OWNER =
      goroutine(9, "sleep", "main.main", 1, "main.(*pages).warm()") + LISTENER + REST;

  private static String request(String state) {
    return goroutine(7, state, SERVER, 2, "main.(*pages).get(0xc000010000)", SERVE);
  }

  private static String client(String state) {
    return goroutine(
        8,
        state,
        "net/http.(*connReader).startBackgroundRead",
        7,
        "net/http.(*connReader).backgroundRead(0xc000060000)");
  }

  private static List<String> findings(String dump) throws Exception {
    return GoroutineAnalysis.report("x", Dumps.read(dump)).groups().stream()
        .filter(group -> !group.finding().equals("goroutine-normal"))
        .map(group -> group.verdict().text() + " " + group.finding())
        .toList();
  }

  @Test
  void a_request_that_waits_on_without_its_client_is_suspect_after_a_minute() throws Exception {
    String gone = request("sync.Cond.Wait, 3 minutes") + OWNER;
    assertThat(findings(gone)).containsExactly("suspect goroutine-client-gone");
    assertThat(findings(untold(gone))).containsExactly("suspect goroutine-client-gone");
    assertThat(findings(request("sync.Cond.Wait") + OWNER)).isEmpty();
  }

  @Test
  void a_request_whose_client_waits_is_none_of_these() throws Exception {
    String there = request("sync.Cond.Wait, 3 minutes") + client("IO wait, 3 minutes") + OWNER;
    assertThat(findings(there)).isEmpty();
    assertThat(findings(untold(there))).isEmpty();
  }

  @Test
  void a_request_beside_what_it_started_is_none_of_these() throws Exception {
    String copies =
        goroutine(8, "IO wait, 3 minutes", "main.(*pages).get", 7, "main.copy(0xc000070000)");
    assertThat(findings(request("chan receive, 3 minutes") + copies + OWNER)).isEmpty();
  }

  @Test
  void a_request_that_shuts_its_own_server_down_is_suspect() throws Exception {
    String quit =
        goroutine(
            7,
            "select",
            SERVER,
            5,
            "net/http.(*Server).Shutdown(0xc000020000)",
            "main.(*admin).quit(0xc000030000)",
            SERVE);
    String ended =
        goroutine(5, "chan receive", "main.main", 1, "main.(*admin).serve(0xc000030000)");
    assertThat(findings(quit + ended + REST)).contains("suspect goroutine-own-shutdown");
    String accepts = goroutine(5, "IO wait", "main.main", 1, ACCEPT, SERVER + "(0xc000040000)");
    assertThat(findings(quit + accepts + REST))
        .as("of another server")
        .noneMatch(finding -> finding.endsWith("own-shutdown"));
    String main =
        goroutine(7, "select", "main.main", 1, "net/http.(*Server).Shutdown(0xc000020000)");
    assertThat(findings(main + REST)).noneMatch(finding -> finding.endsWith("own-shutdown"));
  }

  @Test
  void who_reads_a_pipe_within_a_request_is_not_said_to_wait_for_its_client() throws Exception {
    String reads =
        goroutine(7, "IO wait", SERVER, 2, "os.(*File).Read(0x1)", "main.convert()", SERVE);
    assertThat(GoroutineAnalysis.report("x", Dumps.read(reads + REST)).groups())
        .extracting(GoroutineReport.Group::reason)
        .contains("waits for a pipe or a terminal");
  }

  @Test
  void a_request_whose_object_somebody_at_work_has_is_none_of_these() throws Exception {
    String reads = goroutine(6, "IO wait", "main.main", 1, "main.(*pages).read(0xc000010000)");
    assertThat(findings(request("sync.Cond.Wait, 3 minutes") + reads + OWNER)).isEmpty();
  }

  @Test
  void of_more_requests_than_are_kept_nothing_is_told() throws Exception {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      many.append(request("sync.Cond.Wait, 3 minutes").replace("goroutine 7 ", "goroutine 2" + i));
    }
    assertThat(
            findings(many.toString().replaceAll("goroutine (2\\d+)\\[", "goroutine $1 [") + OWNER))
        .isEmpty();
  }

  @Test
  void requests_left_behind_are_suspect_beside_those_whose_clients_are_there() throws Exception {
    StringBuilder dump = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      dump.append(goroutine(20 + i, "select", SERVER, 2, "main.events()", SERVE));
      dump.append(client("IO wait").replace("goroutine 8 ", "goroutine 3" + i + " "));
      dump.append(goroutine(40 + i, "chan receive, 5 minutes", SERVER, 2, "main.ask()", SERVE));
    }
    assertThat(findings(untold(dump + LISTENER + REST)))
        .contains("suspect goroutine-blocked-receive");
  }
}
