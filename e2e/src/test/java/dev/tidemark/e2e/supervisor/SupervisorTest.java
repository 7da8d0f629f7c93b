package dev.tidemark.e2e.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.server.Http;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SupervisorTest {
  private final Http http = new Http();
  private final AtomicInteger restarts = new AtomicInteger();
  private final Supervisor supervisor;

  SupervisorTest() throws IOException {
    supervisor = Supervisor.start(0);
  }

  @BeforeEach
  void own() {
    supervisor.own("orders", restarts::incrementAndGet);
  }

  @AfterEach
  void stop() {
    supervisor.close();
  }

  @Test
  void the_same_key_restarts_once_and_answers_each_time() throws Exception {
    assertThat(restart("orders", "k1").statusCode()).isEqualTo(200);
    assertThat(restart("orders", "k1").body()).contains("\"state\":\"done\"");
    assertThat(restarts).hasValue(1);
    assertThat(supervisor.accepted("orders")).isEqualTo(1);
  }

  @Test
  void another_key_restarts_again() throws Exception {
    assertThat(restart("orders", "k1").statusCode()).isEqualTo(200);
    assertThat(restart("orders", "k2").statusCode()).isEqualTo(200);
    assertThat(restarts).hasValue(2);
  }

  @Test
  void a_key_that_was_never_accepted_is_unknown() throws Exception {
    assertThat(http.status(supervisor.url() + "/restarts/never")).isEqualTo(404);
  }

  @Test
  void what_is_missing_or_wrong_is_said() throws Exception {
    assertThat(http.send(supervisor.url() + "/restart/orders", "").statusCode()).isEqualTo(400);
    assertThat(restart("orders", "x".repeat(201)).statusCode()).isEqualTo(400);
    assertThat(restart("billing", "k").statusCode()).isEqualTo(404);
    supervisor.own("search", () -> {});
    assertThat(restart("orders", "k").statusCode()).isEqualTo(200);
    assertThat(restart("search", "k").statusCode()).isEqualTo(409);
  }

  @Test
  void a_restart_in_progress_is_told_and_goes_on_without_its_client() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    supervisor.own(
        "slow",
        () -> {
          begun.countDown();
          go.await();
          restarts.incrementAndGet();
        });
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return restart("slow", "k").statusCode();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    begun.await();
    assertThat(http.status(supervisor.url() + "/restarts/k")).isEqualTo(202);
    go.countDown();
    assertThat(first.get()).isEqualTo(200);
    assertThat(http.status(supervisor.url() + "/restarts/k")).isEqualTo(200);
    assertThat(restarts).hasValue(1);
  }

  @Test
  void a_restart_that_fails_says_so_and_is_not_repeated() throws Exception {
    supervisor.own(
        "broken",
        () -> {
          restarts.incrementAndGet();
          throw new IllegalStateException("no");
        });
    assertThat(restart("broken", "k").statusCode()).isEqualTo(500);
    assertThat(restart("broken", "k").statusCode()).isEqualTo(500);
    assertThat(http.status(supervisor.url() + "/restarts/k")).isEqualTo(500);
    assertThat(restarts).hasValue(1);
  }

  private HttpResponse<String> restart(String name, String key) throws Exception {
    return http.send(supervisor.url() + "/restart/" + name, "", "Idempotency-Key", key);
  }
}
