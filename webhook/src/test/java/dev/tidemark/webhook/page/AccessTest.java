package dev.tidemark.webhook.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.tidemark.webhook.access.AccessConfig;
import dev.tidemark.webhook.access.Role;
import dev.tidemark.webhook.page.RunningServer.Setup;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
  @TempDir Path folder;

  private RunningServer withUsers() throws Exception {
    Path config = folder.resolve("web.yml");
    String hash = BCrypt.withDefaults().hashToString(4, "pw".toCharArray());
    Files.writeString(
        config,
        "basic_auth_users: {ann: '%s', otto: '%s', eve: '%s'}\n".formatted(hash, hash, hash));
    AccessConfig roles =
        new AccessConfig(Map.of("ann", List.of(Role.APPROVER), "otto", List.of(Role.OPERATOR)));
    return new RunningServer(folder, Setup.DEFAULT.users(config, roles));
  }

  private static String basic(String user) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":pw").getBytes(UTF_8));
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    "ann, /api/v1/pause, 403",
    "otto, /api/v1/pause, 200",
    "otto, /api/v1/resume, 200",
    "eve, /api/v1/resume, 403",
    "otto, /api/v1/episodes/x-1/approve, 403",
    "ann, /api/v1/episodes/x-1/approve, 404",
    "ann, /api/v1/episodes/x-1/refuse, 404",
  })
  void a_role_is_needed_for_each_change(String user, String path, int status) throws Exception {
    try (RunningServer server = withUsers()) {
      String body = path.contains("x-1") ? "{\"planHash\":\"h\"}" : "{}";
      HttpResponse<String> answer =
          server.send(
              server
                  .request(path)
                  .header("authorization", basic(user))
                  .header("content-type", "application/json")
                  .POST(BodyPublishers.ofString(body)));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      if (status == 403) {
        assertThat(answer.body()).contains(user + " needs the role", "access.users");
      }
    }
  }

  @Test
  void everyone_who_gets_in_may_read_and_nobody_else() throws Exception {
    try (RunningServer server = withUsers()) {
      assertThat(
              server.send(server.request("/").header("authorization", basic("eve"))).statusCode())
          .isEqualTo(200);
      for (String path : List.of("/", "/api/v1/episodes", "/api/v1/receipts", "/style.css")) {
        assertThat(server.get(path).statusCode()).as(path).isEqualTo(401);
      }
    }
  }

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource({
    "sec-fetch-site, cross-site, 403",
    "sec-fetch-site, same-site, 403",
    "sec-fetch-site, same-origin, 200",
    "sec-fetch-site, none, 200",
    "origin, https://evil.example, 403",
    "origin, null, 403",
    "accept, */*, 200",
  })
  void another_site_cannot_post_with_the_browser_of_who_may(String header, String value, int status)
      throws Exception {
    try (RunningServer server = new RunningServer(folder, Setup.DEFAULT)) {
      HttpResponse<String> answer =
          server.send(
              server
                  .request("/api/v1/pause")
                  .header(header, value)
                  .header("content-type", "application/x-www-form-urlencoded")
                  .POST(BodyPublishers.ofString("reason=x")));
      assertThat(answer.statusCode()).isEqualTo(status == 200 ? 303 : status);
      assertThat(server.journal.pause().paused()).isEqualTo(status == 200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 200",
    "localhost:9478, 200",
    "[::1]:9478, 200",
    "evil.example, 403",
    "127.0.0.1.evil.example, 403"
  })
  void a_name_of_another_site_that_points_to_this_machine_is_refused(String host, int status)
      throws Exception {
    try (RunningServer server = new RunningServer(folder, Setup.DEFAULT);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
      socket
          .getOutputStream()
          .write(
              ("POST /api/v1/pause HTTP/1.1\r\nHost: "
                      + host
                      + "\r\norigin: http://"
                      + host
                      + "\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
                  .getBytes(UTF_8));
      InputStream in = socket.getInputStream();
      assertThat(new String(in.readAllBytes(), UTF_8)).startsWith("HTTP/1.1 " + status);
    }
  }
}
