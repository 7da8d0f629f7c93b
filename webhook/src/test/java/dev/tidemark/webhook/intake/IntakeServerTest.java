package dev.tidemark.webhook.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.tidemark.webhook.access.AccessConfig;
import dev.tidemark.webhook.journal.JournalException;
import dev.tidemark.webhook.journal.SqliteJournal;
import dev.tidemark.webhook.page.RunningServer;
import dev.tidemark.webhook.page.RunningServer.Setup;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeServerTest {
  @TempDir Path folder;

  private static double answered(RunningServer server, String code) {
    return server.registry.scrape(name -> name.equals("tidemark_webhook_notifications")).stream()
        .flatMap(m -> ((CounterSnapshot) m).getDataPoints().stream())
        .filter(p -> code.equals(p.getLabels().get("code")))
        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
        .sum();
  }

  @Test
  void a_notification_is_on_disk_when_200_is_said() throws Exception {
    try (RunningServer server = new RunningServer(folder, Setup.DEFAULT)) {
      HttpResponse<String> answer = server.postJson(IntakeRoute.PATH, Payloads.firing(3));
      assertThat(answer.statusCode()).isEqualTo(200);

      try (var other = SqliteJournal.view(folder)) { // as another process would see it
        var receipts = other.receipts(10, null).items();
        assertThat(receipts).hasSize(1);
        assertThat(answer.body()).contains(receipts.get(0).id());
        assertThat(receipts.get(0).alerts()).hasSize(3);
        assertThat(receipts.get(0).receiver()).isEqualTo("tide.mark");
        assertThat(receipts.get(0).from()).isEqualTo("127.0.0.1");
        assertThat(other.episodes(null, 10, null).items()).hasSize(3);
      }
      assertThat(answered(server, "200")).isEqualTo(1);
    }
  }

  @Test
  void the_same_again_is_said_to_be_a_duplicate() throws Exception {
    try (RunningServer server = new RunningServer(folder, Setup.DEFAULT)) {
      server.postJson(IntakeRoute.PATH, Payloads.firing(1));
      HttpResponse<String> again = server.postJson(IntakeRoute.PATH, Payloads.firing(1));
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(again.body()).doesNotContain("\"duplicateOf\":null");
      assertThat(server.journal.episodes(null, 10, null).items()).hasSize(1);
    }
  }

  @Test
  void two_hundred_at_once_are_all_durable() throws Exception {
    try (RunningServer server = new RunningServer(folder, Setup.DEFAULT)) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String body =
            Payloads.group(
                "firing", Payloads.alert(2 * i, "firing"), Payloads.alert(2 * i + 1, "firing"));
        HttpRequest post =
            server
                .request(IntakeRoute.PATH)
                .header("content-type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofString(body))
                .build();
        answers.add(server.client().sendAsync(post, BodyHandlers.ofString()));
      }
      for (var answer : answers) {
        assertThat(answer.join().statusCode()).isEqualTo(200);
      }
      try (var other = SqliteJournal.view(folder)) {
        assertThat(other.receipts(1000, null).items()).hasSize(200);
        assertThat(other.episodes(null, 1000, null).items()).hasSize(400);
      }
    }
  }

  @Test
  void a_disk_that_refuses_is_503_with_its_reason_as_json() throws Exception {
    Setup broken =
        Setup.DEFAULT.log(
            journal ->
                arrival ->
                    CompletableFuture.failedFuture(
                        new JournalException(JournalException.Reason.WRITE, "disk full")));
    try (RunningServer server = new RunningServer(folder, broken)) {
      HttpResponse<String> answer = server.postJson(IntakeRoute.PATH, Payloads.firing(1));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("content-type")).contains("application/json");
      assertThat(answer.headers().firstValue("retry-after")).isEmpty();
      assertThat(answer.body()).isEqualTo("{\"error\":\"disk full\",\"reason\":\"write\"}\n");
      assertThat(server.journal.receipts(10, null).items()).isEmpty();
      assertThat(answered(server, "503")).isEqualTo(1);
    }
  }

  @Test
  void a_journal_that_is_closed_is_503() throws Exception {
    try (RunningServer server = new RunningServer(folder, Setup.DEFAULT)) {
      server.journal.close();
      assertThat(server.postJson(IntakeRoute.PATH, Payloads.firing(1)).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void a_server_that_stops_says_503() throws Exception {
    try (RunningServer server = new RunningServer(folder, Setup.DEFAULT)) {
      server.intake.stop();
      HttpResponse<String> answer = server.postJson(IntakeRoute.PATH, Payloads.firing(1));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).contains("\"reason\":\"stopping\"");
    }
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "GET, application/json, 405",
    "PUT, application/json, 405",
    "DELETE, application/json, 405",
    "POST, text/plain, 415",
    "POST, application/x-www-form-urlencoded, 415",
    "POST, application/json, 400",
    "POST, Application/JSON;charset=utf-8, 400",
  })
  void method_and_media_type_are_told(String method, String type, int status) throws Exception {
    try (RunningServer server = new RunningServer(folder, Setup.DEFAULT)) {
      HttpResponse<String> answer =
          server.send(
              server
                  .request(IntakeRoute.PATH)
                  .header("content-type", type)
                  .method(method, BodyPublishers.ofString("{}")));
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.body()).startsWith("{\"error\":\"");
      if (status == 405) {
        assertThat(answer.headers().firstValue("allow")).contains("POST");
      }
      assertThat(answered(server, String.valueOf(status))).isEqualTo(1);
    }
  }

  @Test
  void a_compressed_body_is_told_to_come_plain() throws Exception {
    try (RunningServer server = new RunningServer(folder, Setup.DEFAULT)) {
      HttpResponse<String> answer =
          server.send(
              server
                  .request(IntakeRoute.PATH)
                  .header("content-type", "application/json")
                  .header("content-encoding", "gzip")
                  .POST(BodyPublishers.ofString("x")));
      assertThat(answer.statusCode()).isEqualTo(415);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"with Content-Length, false", "in chunks, true"})
  void twenty_megabytes_are_413(String how, boolean chunked) throws Exception {
    byte[] body = new byte[20 << 20];
    try (RunningServer server = new RunningServer(folder, Setup.DEFAULT)) {
      HttpRequest post =
          server
              .request(IntakeRoute.PATH)
              .header("content-type", "application/json")
              .POST(
                  chunked
                      ? BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body))
                      : BodyPublishers.ofByteArray(body))
              .build();
      assertThat(server.client().send(post, BodyHandlers.ofString()).statusCode())
          .as(how)
          .isEqualTo(413);
      assertThat(answered(server, "413")).isEqualTo(1);
      assertThat(server.postJson(IntakeRoute.PATH, Payloads.firing(1)).statusCode())
          .as("and the server goes on")
          .isEqualTo(200);
    }
  }

  @Test
  void a_group_of_ten_thousand_alerts_is_taken() throws Exception {
    try (RunningServer server = new RunningServer(folder, Setup.DEFAULT)) {
      HttpResponse<String> answer = server.postJson(IntakeRoute.PATH, Payloads.firing(10_000));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(server.journal.counts().episodesFiring()).isEqualTo(10_000);
    }
  }

  @Test
  void who_sends_a_byte_now_and_then_is_cut_by_the_deadline() throws Exception {
    Setup hasty = Setup.DEFAULT.deadline(Duration.ofMillis(300));
    try (RunningServer server = new RunningServer(folder, hasty);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(20);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("POST "
                  + IntakeRoute.PATH
                  + " HTTP/1.1\r\nHost: x\r\ncontent-type: application/json\r\n"
                  + "content-length: 1000\r\n\r\n{")
              .getBytes(UTF_8));
      long start = System.nanoTime();
      assertThat(trickle(socket, out)).as("the connection ends").isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
      assertThat(server.journal.receipts(1, null).items()).isEmpty();
    }
  }

  /** Writes a byte each 20 ms (the read's timeout) until the server ends the connection. */
  private static boolean trickle(Socket socket, OutputStream out) throws Exception {
    InputStream in = socket.getInputStream();
    for (int i = 0; i < 500; i++) {
      try {
        out.write(' ');
        if (in.read() < 0) {
          return true;
        }
      } catch (SocketTimeoutException e) {
        // nothing said yet: the next byte
      } catch (IOException e) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest(name = "{0}:{1} is {2}")
  @CsvSource({
    "alertmanager, right, 200",
    "alertmanager, wrong, 401",
    "nobody, right, 401",
    ",,401"
  })
  void only_who_has_the_password_gets_in(String user, String password, int status)
      throws Exception {
    Path config = folder.resolve("web.yml");
    String hash = BCrypt.withDefaults().hashToString(4, "right".toCharArray());
    Files.writeString(config, "basic_auth_users: {alertmanager: '" + hash + "'}\n");
    Setup closed = Setup.DEFAULT.users(config, AccessConfig.NONE);
    try (RunningServer server = new RunningServer(folder, closed)) {
      HttpRequest.Builder post =
          server
              .request(IntakeRoute.PATH)
              .header("content-type", "application/json")
              .POST(BodyPublishers.ofString(Payloads.firing(1)));
      if (user != null) {
        String pair = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        post.header("authorization", "Basic " + pair);
      }
      assertThat(server.send(post).statusCode()).isEqualTo(status);
      assertThat(answered(server, String.valueOf(status))).isEqualTo(1);
      var receipts = server.journal.receipts(1, null).items();
      assertThat(receipts).hasSize(status == 200 ? 1 : 0);
      if (status == 200) {
        assertThat(receipts.get(0).from()).isEqualTo("alertmanager@127.0.0.1");
      }
    }
  }

  @Test
  void a_web_page_of_another_site_cannot_make_a_browser_post() throws Exception {
    try (RunningServer server = new RunningServer(folder, Setup.DEFAULT)) {
      HttpResponse<String> answer =
          server.send(
              server
                  .request(IntakeRoute.PATH)
                  .header("content-type", "application/json")
                  .header("origin", "https://evil.example")
                  .POST(BodyPublishers.ofString(Payloads.firing(1))));
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(server.journal.receipts(1, null).items()).isEmpty();
    }
  }
}
