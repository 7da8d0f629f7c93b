package dev.tidemark.toolkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.toolkit.http.HttpFailure.Reason;
import dev.tidemark.toolkit.http.OutgoingLimits.Retries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class DownloadTest {
  private static final Bounds BOUNDS = new Bounds(1_000_000, Duration.ofSeconds(20));

  private static final String HEAD =
      """
      HTTP/1.1 200 OK
      Content-Type: application/octet-stream
      Content-Length: 300000

      """
          .replace("\n", "\r\n");

  @TempDir Path folder;

  @Test
  void saves_the_reply_and_says_what_it_saved() throws Exception {
    byte[] body = new byte[300_000];
    new Random(7).nextBytes(body);
    try (ScriptedServer server = new ScriptedServer((request, wire) -> wire.send(HEAD).send(body));
        OutgoingHttp http = http()) {
      Path target = folder.resolve("heap.pb.gz");
      Downloaded saved = http.download(OutgoingRequest.get(server.uri("/")), BOUNDS, target);
      assertThat(Files.readAllBytes(target)).isEqualTo(body);
      assertThat(saved.bytes()).isEqualTo(300_000);
      assertThat(saved.contentType()).isEqualTo("application/octet-stream");
      byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(body);
      assertThat(saved.sha256()).isEqualTo(java.util.HexFormat.of().formatHex(digest));
      assertThat(names()).containsExactly("heap.pb.gz");
      // what is saved is what was sent: no compression in between
      assertThat(server.requests().get(0)).doesNotContain("Accept-Encoding");
    }
  }

  static Stream<Arguments> failing() {
    ScriptedServer.Script cut =
        (request, wire) -> wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    ScriptedServer.Script huge =
        (request, wire) -> {
          wire.send("HTTP/1.1 200 OK\r\n\r\n");
          while (true) {
            wire.send(new byte[65_536]);
          }
        };
    ScriptedServer.Script missing = (request, wire) -> wire.reply(404, "", "Unknown profile\n");
    return Stream.of(
        Arguments.of("cut short", cut, Reason.BROKEN),
        Arguments.of("without end", huge, Reason.TOO_LARGE),
        Arguments.of("not there", missing, Reason.STATUS));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failing")
  void leaves_the_old_file_and_no_other_when_the_reply_is(
      String what, ScriptedServer.Script script, Reason reason) throws Exception {
    Path target = Files.writeString(folder.resolve("dump.txt"), "old");
    try (ScriptedServer server = new ScriptedServer(script);
        OutgoingHttp http = http()) {
      HttpFailure failure =
          catchThrowableOfType(
              HttpFailure.class,
              () -> http.download(OutgoingRequest.get(server.uri("/")), BOUNDS, target));
      assertThat(failure.reason()).isEqualTo(reason);
      if (reason == Reason.STATUS) {
        assertThat(failure).hasMessageContaining("404").hasMessageContaining("Unknown profile");
      }
      assertThat(target).hasContent("old");
      assertThat(names()).containsExactly("dump.txt");
    }
  }

  @Test
  void says_that_the_folder_cannot_be_written() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, wire) -> wire.reply(200, "", "x"));
        OutgoingHttp http = http()) {
      Path target = folder.resolve("none/dump.txt");
      HttpFailure failure =
          catchThrowableOfType(
              HttpFailure.class,
              () -> http.download(OutgoingRequest.get(server.uri("/")), BOUNDS, target));
      assertThat(failure.reason()).isEqualTo(Reason.STORAGE);
    }
  }

  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private static OutgoingHttp http() {
    return new OutgoingHttp(
        "test",
        HttpConfig.NONE,
        OutgoingLimits.defaults().withRetries(new Retries(1, Duration.ofMillis(1))));
  }
}
