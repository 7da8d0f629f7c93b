package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Results of queries that stay open while the rest of the program has other work. */
class RowsRuleTest {
  private static String goroutine(int id, String by, String... calls) {
    StringBuilder text = new StringBuilder("goroutine " + id + " [select]:\n");
    for (String call : calls) {
      String file = call.startsWith("main.") ? "/src/app/a.go" : "/go/src/database/sql/sql.go";
      text.append(call).append("()\n\t").append(file).append(":7 +0x1\n");
    }
    String creator =
        "created by " + (by.isEmpty() ? "database/sql.f" : "database/sql.f in goroutine " + by);
    return text.append(creator).append("\n\t/go/src/database/sql/sql.go:3 +0x1\n\n").toString();
  }

  private static String many(int from, int count, String by, String... calls) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(goroutine(from + i, by, calls));
    }
    return text.toString();
  }

  private static String working(int from, int count, String... calls) {
    return many(from, count, "1", calls).replace("[select]", "[IO wait]");
  }

  private static final String AWAIT = "database/sql.(*Rows).awaitDone";
  private static final String[] ASKS = {"database/sql.(*DB).conn", "main.ask"};

  private static List<String> verdicts(String dump) throws Exception {
    return GoroutineAnalysis.report("x", Dumps.read(dump)).groups().stream()
        .filter(group -> group.finding().equals("goroutine-database-rows"))
        .map(group -> group.verdict() + " " + group.reason())
        .toList();
  }

  @Test
  void results_of_who_asks_for_one_connection_more_are_left_open() throws Exception {
    String rest = working(100, 9, "main.fetch");
    assertThat(verdicts(rest + many(20, 6, "9", AWAIT) + goroutine(9, "1", ASKS)))
        .anySatisfy(
            rows ->
                assertThat(rows)
                    .startsWith("LEAK 6 query results not closed: who asked for them is gone"))
        .anySatisfy(
            waiting ->
                assertThat(waiting)
                    .startsWith(
                        "SUSPECT 1 goroutine waiting for a connection of a pool: 6 results"));
  }

  @Test
  void results_of_who_is_gone_are_suspect_while_connections_are_left() throws Exception {
    String rest = working(100, 9, "main.fetch");
    assertThat(verdicts(rest + many(20, 6, "9", AWAIT)))
        .singleElement()
        .asString()
        .startsWith("SUSPECT 6 query results not closed: who asked for them is gone");
    String asker = working(9, 1, "main.ask");
    assertThat(verdicts(rest + asker + many(20, 6, "9", AWAIT))).isEmpty();
  }

  @Test
  void results_that_are_being_read_are_no_leak_however_many_wait() throws Exception {
    String rest = working(100, 9, "main.fetch");
    String open = many(20, 6, "", AWAIT) + many(50, 3, "1", ASKS);
    assertThat(verdicts(rest + open))
        .hasSize(2)
        .anySatisfy(
            rows ->
                assertThat(rows)
                    .startsWith("SUSPECT 6 query results not closed, while others wait"));
    String reading = working(200, 3, "database/sql.(*Rows).Next", "main.read");
    assertThat(verdicts(rest + reading + open)).isEmpty();
  }

  @Test
  void who_is_at_work_beyond_where_others_wait_for_a_connection_has_one() throws Exception {
    String rest = working(100, 9, "main.fetch");
    String open = many(20, 6, "", AWAIT) + many(50, 3, "1", ASKS);
    String buying = working(200, 6, "main.ask").replace("a.go:7", "a.go:12");
    String coming = working(200, 6, "main.ask").replace("a.go:7", "a.go:5");
    assertThat(verdicts(ofOneShop(rest + buying + open))).isEmpty();
    assertThat(verdicts(ofOneShop(rest + coming + open))).isNotEmpty();
    assertThat(verdicts(rest + buying + open)).as("of who knows what").isNotEmpty();
  }

  @Test
  void who_waits_for_a_second_connection_further_down_has_none_to_give_back() throws Exception {
    String rest = working(100, 9, "main.fetch");
    String open = many(20, 6, "", AWAIT) + many(50, 3, "1", ASKS);
    String second = many(200, 6, "1", ASKS).replace("a.go:7", "a.go:12");
    assertThat(verdicts(ofOneShop(rest + second + open))).isNotEmpty();
  }

  private static String ofOneShop(String dump) {
    return dump.replace("main.ask()", "main.ask(0xc000010000)");
  }
}
