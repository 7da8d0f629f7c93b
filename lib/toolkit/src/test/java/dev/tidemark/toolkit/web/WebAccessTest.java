package dev.tidemark.toolkit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.tidemark.toolkit.tls.TestCertificates;
import dev.tidemark.toolkit.yaml.ProblemsException;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebAccessTest {
  private static final String TLS =
      "tls_server_config: {cert_file: "
          + TestCertificates.file("server.pem")
          + ", key_file: "
          + TestCertificates.file("server.key");

  static Vertx vertx;
  @TempDir Path folder;

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    vertx.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      textBlock =
          """
          right,            'Basic ann:secret',   200
          right again,      'basic ann:secret',   200
          umlauts,          'Basic bob:pässwörd', 200
          wrong password,   'Basic ann:Secret',   401
          empty password,   'Basic ann:',         401
          unknown user,     'Basic eve:secret',   401
          no colon,         'Basic ann',          401
          no base64,        'Basic-raw ann:secret', 401
          another scheme,   'Bearer ann:secret',  401
          nothing,          '',                   401
          """)
  void lets_in_whom_the_file_names(String what, String login, int status) throws Exception {
    try (WebServer server = start(users())) {
      HttpRequest.Builder request = HttpRequest.newBuilder(uri(server, "http"));
      if (!login.isEmpty()) {
        String[] parts = login.split(" ", 2);
        String encoded = encode(parts[1]);
        request.header(
            "Authorization",
            parts[0].replace("-raw", "") + " " + (parts[0].endsWith("-raw") ? parts[1] : encoded));
      }
      HttpResponse<String> reply = send(HttpClient.newHttpClient(), request.build());
      assertThat(reply.statusCode()).isEqualTo(status);
      if (status == 401) {
        assertThat(reply.headers().firstValue("WWW-Authenticate"))
            .contains("Basic realm=\"tidemark\"");
      } else {
        assertThat(reply.body()).isEqualTo(login.contains("bob") ? "bob" : "ann");
      }
    }
  }

  @Test
  void says_that_it_requires_authentication() throws Exception {
    try (WebServer server = start(users())) {
      assertThat(server.requiresAuthentication()).isTrue();
    }
  }

  @Test
  void verifies_a_password_once_and_then_knows_it() {
    Users users = new Users(java.util.Map.of("ann", BcryptHash.parse(hash("secret"))));
    assertThat(users.isKnown("ann", "secret")).isFalse();
    assertThat(users.verify("ann", "secret")).isTrue();
    assertThat(users.isKnown("ann", "secret")).isTrue();
    assertThat(users.isKnown("ann", "secret2")).isFalse();
    assertThat(users.isKnown("eve", "secret")).isFalse();
    assertThat(users.verify("ann", "wrong")).isFalse();
    assertThat(users.isKnown("ann", "secret")).isTrue();
  }

  @Test
  void costs_an_unknown_user_as_much_as_a_known_one() {
    BcryptHash nobody = BcryptHash.ofNobody(6);
    assertThat(nobody.cost()).isEqualTo(6);
    assertThat(nobody.matches("anything".getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2a", "2b", "2y"})
  void knows_every_spelling_of_bcrypt(String version) {
    String hash = hash("secret").replace("$2b$", "$" + version + "$");
    assertThat(BcryptHash.parse(hash).matches("secret".getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @Test
  void takes_passwords_longer_than_bcrypt_looks_at() {
    byte[] password = "x".repeat(100).getBytes(StandardCharsets.UTF_8);
    byte[] start = "x".repeat(72).getBytes(StandardCharsets.UTF_8);
    String hash =
        new String(
            BCrypt.with(BCrypt.Version.VERSION_2B).hash(4, start), StandardCharsets.US_ASCII);
    assertThat(BcryptHash.parse(hash).matches(password)).isTrue();
  }

  @Test
  void speaks_tls_and_http_2() throws Exception {
    try (WebServer server = start(TLS + "}")) {
      HttpResponse<String> reply =
          send(TestCertificates.client(null), HttpRequest.newBuilder(uri(server, "https")).build());
      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(reply.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    }
  }

  @Test
  void honours_the_highest_version_and_switched_off_http_2() throws Exception {
    String yaml = TLS + ", max_version: TLS12}\nhttp_server_config: {http2: false}";
    try (WebServer server = start(yaml)) {
      HttpResponse<String> reply =
          send(TestCertificates.client(null), HttpRequest.newBuilder(uri(server, "https")).build());
      assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
      assertThat(reply.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.2");
    }
  }

  @ParameterizedTest(name = "showing {0}, allowed {1}: {2}")
  @CsvSource(
      textBlock =
          """
          client, ann.example, true
          client, bob.example, false
          client, '',          true
          '',     '',          false
          """)
  void demands_a_client_certificate(String shown, String allowed, boolean in) throws Exception {
    String yaml =
        TLS
            + ", client_ca_file: "
            + TestCertificates.file("ca.pem")
            + ", client_auth_type: RequireAndVerifyClientCert"
            + (allowed.isEmpty() ? "" : ", client_allowed_sans: [" + allowed + "]")
            + "}\nhttp_server_config: {http2: false}";
    try (WebServer server = start(yaml)) {
      assertThat(server.requiresAuthentication()).isTrue();
      HttpClient client = TestCertificates.client(shown.isEmpty() ? null : shown);
      HttpRequest request = HttpRequest.newBuilder(uri(server, "https")).build();
      if (in) {
        assertThat(send(client, request).statusCode()).isEqualTo(200);
      } else {
        assertThatThrownBy(() -> send(client, request)).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void sets_the_configured_headers_over_its_own() throws Exception {
    String yaml = "http_server_config: {headers: {X-Frame-Options: sameorigin}}";
    try (WebServer server = start(yaml)) {
      HttpResponse<String> reply =
          send(HttpClient.newHttpClient(), HttpRequest.newBuilder(uri(server, "http")).build());
      assertThat(reply.headers().allValues("X-Frame-Options")).containsExactly("sameorigin");
    }
  }

  @Test
  void reads_users_again_when_the_file_changes() throws Exception {
    try (WebServer server = start(users())) {
      assertThat(statusFor(server, "ann:secret")).isEqualTo(200);
      write("basic_auth_users: {ann: '" + hash("changed") + "'}");
      server.reread();
      assertThat(statusFor(server, "ann:secret")).isEqualTo(401);
      assertThat(statusFor(server, "ann:changed")).isEqualTo(200);
      assertThat(statusFor(server, "bob:pässwörd")).isEqualTo(401);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          half written    | basic_auth_users: {ann
          empty           | ''
          unknown key     | basic_auth_userz: {}
          no users left   | basic_auth_users: {}
          TLS switched on | tls_server_config: {cert_file: CERT, key_file: KEY}
          """)
  void keeps_the_old_configuration_when_the_new_one_is_broken(String what, String yaml)
      throws Exception {
    try (WebServer server = start(users())) {
      write(
          yaml.replace("CERT", TestCertificates.file("server.pem").toString())
              .replace("KEY", TestCertificates.file("server.key").toString()));
      server.reread();
      assertThat(statusFor(server, "ann:secret")).isEqualTo(200);
      assertThat(statusFor(server, "ann:wrong")).isEqualTo(401);
      write("basic_auth_users: {ann: '" + hash("mended") + "'}");
      server.reread();
      assertThat(statusFor(server, "ann:mended")).isEqualTo(200);
    }
  }

  @Test
  void serves_a_renewed_certificate_to_new_connections() throws Exception {
    Path cert = Files.copy(TestCertificates.file("server.pem"), folder.resolve("tls.pem"));
    Path key = Files.copy(TestCertificates.file("server.key"), folder.resolve("tls.key"));
    try (WebServer server =
        start("tls_server_config: {cert_file: " + cert + ", key_file: " + key + "}")) {
      assertThat(subject(server)).isEqualTo("CN=server");
      Files.writeString(cert, Files.readString(TestCertificates.file("renewed.pem")));
      server.reread();
      // the key does not fit yet: a renewal writes two files, one after the other
      assertThat(subject(server)).isEqualTo("CN=server");
      Files.writeString(key, Files.readString(TestCertificates.file("renewed.key")));
      server.reread();
      assertThat(subject(server)).isEqualTo("CN=renewed");
    }
  }

  @Test
  void does_not_start_with_a_broken_file() throws Exception {
    assertThatThrownBy(() -> start("basic_auth_users: {ann: plain}"))
        .isInstanceOf(ProblemsException.class);
  }

  private static String subject(WebServer server) throws Exception {
    HttpResponse<String> reply =
        send(TestCertificates.client(null), HttpRequest.newBuilder(uri(server, "https")).build());
    var certificate =
        (java.security.cert.X509Certificate)
            reply.sslSession().orElseThrow().getPeerCertificates()[0];
    return certificate.getSubjectX500Principal().getName();
  }

  private static int statusFor(WebServer server, String login) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(server, "http"))
            .header("Authorization", "Basic " + encode(login))
            .build();
    return send(HttpClient.newHttpClient(), request).statusCode();
  }

  private static String encode(String login) {
    return Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest request)
      throws Exception {
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static URI uri(WebServer server, String scheme) {
    return URI.create(scheme + "://localhost:" + server.addresses().get(0).getPort() + "/who");
  }

  private static String users() {
    return "basic_auth_users: {ann: '" + hash("secret") + "', bob: '" + hash("pässwörd") + "'}";
  }

  private static String hash(String password) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    return new String(
        BCrypt.with(BCrypt.Version.VERSION_2B).hash(4, bytes), StandardCharsets.US_ASCII);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("web.yml"), yaml);
  }

  private WebServer start(String yaml) throws Exception {
    WebOptions options = WebOptions.of(List.of("localhost:0"), write(yaml));
    return WebServer.start(vertx, options, WebAccessTest::routes);
  }

  private static void routes(Router router) {
    router.get("/who").handler(context -> context.end(WebServer.user(context).orElse("nobody")));
  }
}
