package dev.tidemark.toolkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.toolkit.http.HttpFailure.Reason;
import dev.tidemark.toolkit.http.OutgoingLimits.Retries;
import dev.tidemark.toolkit.yaml.ProblemsException;
import dev.tidemark.toolkit.yaml.StrictYaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HttpConfigTest {
  private static final Bounds BOUNDS = new Bounds(10_000, Duration.ofSeconds(20));

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          password            | basic_auth: {username: ann, password: s3cret}            | Basic YW5uOnMzY3JldA==
          password file       | basic_auth: {username: ann, password_file: token}        | Basic YW5uOmZpbGUtdG9rZW4=
          bearer              | authorization: {credentials: s3cret}                     | Bearer s3cret
          bearer file         | authorization: {credentials_file: token}                 | Bearer file-token
          another type        | authorization: {type: Token, credentials: s3cret}        | Token s3cret
          nobody              | follow_redirects: false                                  | none
          """)
  void sends_the_credentials_of_the_file(String what, String yaml, String header) throws Exception {
    Files.writeString(folder.resolve("token"), "file-token\n");
    HttpConfig config = read(yaml);
    assertThat(config.toString()).doesNotContain("s3cret");
    try (ScriptedServer server = new ScriptedServer((request, wire) -> wire.reply(200, "", ""));
        OutgoingHttp http = http(config)) {
      http.send(OutgoingRequest.get(server.uri("/")), BOUNDS);
      if (header.equals("none")) {
        assertThat(server.requests().get(0)).doesNotContain("Authorization");
      } else {
        assertThat(server.requests().get(0)).contains("Authorization: " + header + "\r\n");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          an unknown key        | basic_auht: {}                                               | basic_auth
          both credentials      | {basic_auth: {username: a, password: b}, authorization: {credentials: c}} | not both
          no password           | basic_auth: {username: a}                                    | exactly one
          two passwords         | basic_auth: {username: a, password: b, password_file: c}     | exactly one
          no user               | basic_auth: {password: b}                                    | username
          a colon in the name   | basic_auth: {username: 'a:b', password: c}                   | colon
          basic the other way   | authorization: {type: Basic, credentials: c}                 | basic_auth
          two words             | authorization: {type: 'Bearer x', credentials: c}            | one word
          a key alone           | tls_config: {key_file: k}                                    | belong together
          a reserved header     | http_headers: {authorization: {values: [x]}}                 | another key
          no header name        | http_headers: {'a b': {values: [x]}}                         | is no header name
          a header without text | http_headers: {X-Scope-OrgID: {}}                            | give values, secrets or files
          two lines             | http_headers: {X-Scope-OrgID: {values: ["a\\nb"]}}           | no header may have
          an unknown part       | http_headers: {X-Scope-OrgID: {value: [x]}}                  | did you mean values?
          a wrong type          | follow_redirects: maybe                                      | http.yml:1:
          """)
  void refuses(String what, String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining(message);
  }

  @Test
  void sends_headers_of_its_own_with_rotated_files_and_prints_no_secret() throws Exception {
    Path file = Files.writeString(folder.resolve("tenant"), "from-file\n");
    HttpConfig config =
        read(
            "http_headers: {X-Scope-OrgID: {values: [pay, shop], secrets: [s3cret], files: [tenant]}}");
    assertThat(config.toString()).contains("pay").doesNotContain("s3cret");
    try (ScriptedServer server = new ScriptedServer((request, wire) -> wire.reply(200, "", ""));
        OutgoingHttp http = http(config)) {
      http.checkCredentials();
      http.send(OutgoingRequest.get(server.uri("/")), BOUNDS);
      Files.writeString(file, "rotated");
      http.send(OutgoingRequest.get(server.uri("/")), BOUNDS);
      for (String value : new String[] {"pay", "shop", "s3cret", "from-file"}) {
        assertThat(server.requests().get(0)).contains("X-Scope-OrgID: " + value + "\r\n");
      }
      assertThat(server.requests().get(1)).contains("X-Scope-OrgID: rotated\r\n");
      Files.writeString(file, "a\nInjected: header");
      HttpFailure failure =
          OutgoingHttpTest.failure(http, OutgoingRequest.get(server.uri("/")), BOUNDS);
      assertThat(failure.reason()).isEqualTo(Reason.CREDENTIALS);
      assertThat(failure).hasMessageContaining("X-Scope-OrgID").hasMessageNotContaining("Injected");
    }
  }

  @Test
  void reads_a_rotated_token_again() throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "one");
    try (ScriptedServer server = new ScriptedServer((request, wire) -> wire.reply(200, "", ""));
        OutgoingHttp http = http(read("authorization: {credentials_file: token}"))) {
      http.send(OutgoingRequest.get(server.uri("/")), BOUNDS);
      Files.writeString(token, "two");
      http.send(OutgoingRequest.get(server.uri("/")), BOUNDS);
      assertThat(server.requests().get(0)).contains("Bearer one\r\n");
      assertThat(server.requests().get(1)).contains("Bearer two\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"'a\nInjected: header'", "'a\u0000b'", "'pässwort'"})
  void keeps_a_token_that_fits_no_header_out_of_the_message(String token) throws Exception {
    Files.writeString(folder.resolve("token"), token);
    try (OutgoingHttp http = http(read("authorization: {credentials_file: token}"))) {
      HttpFailure failure =
          OutgoingHttpTest.failure(
              http, OutgoingRequest.get(java.net.URI.create("http://127.0.0.1:1/")), BOUNDS);
      assertThat(failure.reason()).isEqualTo(Reason.CREDENTIALS);
      assertThat(failure).hasMessageNotContaining(token).hasMessageNotContaining("Injected");
    }
  }

  @Test
  void says_that_a_password_file_is_missing_and_calls_nobody() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, wire) -> wire.reply(200, "", ""));
        OutgoingHttp http = http(read("basic_auth: {username: a, password_file: none}"))) {
      HttpFailure failure =
          OutgoingHttpTest.failure(http, OutgoingRequest.get(server.uri("/")), BOUNDS);
      assertThat(failure.reason()).isEqualTo(Reason.CREDENTIALS);
      assertThat(failure).hasMessageContaining("none");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void follows_no_redirect_by_itself() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                (request, wire) -> wire.reply(302, "Location: http://169.254.169.254/\r\n", ""));
        OutgoingHttp http = http(HttpConfig.NONE)) {
      Reply reply = http.send(OutgoingRequest.get(server.uri("/")), BOUNDS);
      assertThat(reply.status()).isEqualTo(302);
    }
  }

  @Test
  void follows_redirects_when_told_to_and_shows_the_password_to_nobody_else() throws Exception {
    try (ScriptedServer other =
            new ScriptedServer((request, wire) -> wire.reply(200, "", "there"));
        ScriptedServer server =
            new ScriptedServer(
                (request, wire) ->
                    wire.reply(
                        307,
                        "Location: "
                            + (request.startsWith("GET /first ") ? "second" : other.uri("/x"))
                            + "\r\n",
                        ""));
        OutgoingHttp http =
            http(
                read(
                    "{follow_redirects: true, authorization: {credentials: s3cret}, http_headers: {X-Tenant: {values: [t]}}}"))) {
      Reply reply = http.send(OutgoingRequest.get(server.uri("/first")), BOUNDS);
      assertThat(reply.text()).isEqualTo("there");
      assertThat(server.requests()).hasSize(2).allMatch(request -> request.contains("s3cret"));
      assertThat(other.requests().get(0)).doesNotContain("s3cret").doesNotContain("X-Tenant");
    }
  }

  @Test
  void gives_up_on_redirects_in_a_circle_and_checks_every_address() throws Exception {
    HttpConfig follow = new HttpConfig(null, null, null, true);
    try (ScriptedServer server =
            new ScriptedServer((request, wire) -> wire.reply(302, "Location: /again\r\n", ""));
        OutgoingHttp http = http(follow)) {
      HttpFailure failure =
          OutgoingHttpTest.failure(http, OutgoingRequest.get(server.uri("/")), BOUNDS);
      assertThat(failure.reason()).isEqualTo(Reason.STATUS);
      assertThat(server.requests()).hasSize(6);
    }
    try (ScriptedServer server =
            new ScriptedServer(
                (request, wire) -> wire.reply(302, "Location: http://169.254.169.254/\r\n", ""));
        OutgoingHttp http =
            new OutgoingHttp(
                "test",
                follow,
                OutgoingLimits.defaults(),
                AddressPolicy.noMetadata(),
                OutgoingMetrics.none())) {
      HttpFailure failure =
          OutgoingHttpTest.failure(http, OutgoingRequest.get(server.uri("/")), BOUNDS);
      assertThat(failure.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
    }
  }

  private HttpConfig read(String yaml) throws ProblemsException {
    return StrictYaml.read(folder.resolve("http.yml").toString(), yaml, HttpConfig.class);
  }

  private static OutgoingHttp http(HttpConfig config) {
    return new OutgoingHttp(
        "test",
        config,
        OutgoingLimits.defaults().withRetries(new Retries(1, Duration.ofMillis(1))));
  }
}
