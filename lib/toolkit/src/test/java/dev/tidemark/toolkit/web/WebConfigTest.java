package dev.tidemark.toolkit.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.toolkit.tls.TestCertificates;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WebConfigTest {
  private static final String HASH = "$2b$04$hfkSGyKRE0zPmOyh2a9ECu8tFsd.N/jYB5fTBAV42yhKOw2KLo0Ze";

  @TempDir Path folder;

  static Stream<Arguments> good() {
    return Stream.of(
        Arguments.of("users only", "basic_auth_users: {ann: " + HASH + "}", true),
        Arguments.of("nobody", "basic_auth_users: {}", false),
        Arguments.of(
            "TLS", "tls_server_config: {cert_file: server.pem, key_file: server.key}", false),
        Arguments.of(
            "an RSA key in its older form",
            "tls_server_config: {cert_file: server.pem, key_file: server-pkcs1.key}",
            false),
        Arguments.of(
            "an EC key in its older form",
            "tls_server_config: {cert_file: renewed.pem, key_file: renewed-sec1.key}",
            false),
        Arguments.of(
            "client certificates demanded",
            """
            tls_server_config:
              cert_file: server.pem
              key_file: server.key
              client_ca_file: ca.pem
              client_auth_type: RequireAndVerifyClientCert
              client_allowed_sans: [ann.example]
            """,
            true),
        Arguments.of(
            "client certificates welcome",
            """
            tls_server_config:
              cert_file: server.pem
              key_file: server.key
              client_ca_file: ca.pem
              client_auth_type: VerifyClientCertIfGiven
            """,
            false),
        Arguments.of(
            "everything else",
            """
            tls_server_config:
              cert_file: server.pem
              key_file: server.key
              min_version: TLS12
              max_version: TLS13
              cipher_suites: [TLS_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]
              prefer_server_cipher_suites: true
            http_server_config:
              http2: false
              headers:
                Content-Security-Policy: default-src 'self'
                X-Frame-Options: SAMEORIGIN
                X-Content-Type-Options: nosniff
                X-XSS-Protection: 1; mode=block
                Strict-Transport-Security: max-age=31536000
            """,
            false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("good")
  void takes(String what, String yaml, boolean authentication) throws Exception {
    assertThat(WebConfig.load(write(yaml)).requiresAuthentication()).isEqualTo(authentication);
  }

  static Stream<Arguments> bad() {
    String tls = "tls_server_config: {cert_file: server.pem, key_file: server.key";
    return Stream.of(
        Arguments.of("an empty file", "", "web.yml"),
        Arguments.of("an unknown key", "basic_auth_user: {}", "basic_auth_users"),
        Arguments.of("a wrong type", "basic_auth_users: [ann]", "web.yml:1:"),
        Arguments.of("a plain password", "basic_auth_users: {ann: s3cret}", "not a bcrypt hash"),
        Arguments.of("a user without hash", "basic_auth_users: {ann: }", "web.yml:1:"),
        Arguments.of(
            "a hash cut short", "basic_auth_users: {ann: $2b$04$abc}", "not a bcrypt hash"),
        Arguments.of(
            "a cost of 31",
            "basic_auth_users: {ann: " + HASH.replace("$04$", "$31$") + "}",
            "cost 31"),
        Arguments.of("a colon in a name", "basic_auth_users: {'a:b': " + HASH + "}", "colon"),
        Arguments.of("rate limits", "rate_limit: {interval: 1s, burst: 5}", "rate_limit"),
        Arguments.of("no key", "tls_server_config: {cert_file: server.pem}", "key_file"),
        Arguments.of("no certificate", "tls_server_config: {key_file: server.key}", "cert_file"),
        Arguments.of("empty TLS", "tls_server_config: {}", "cert_file"),
        Arguments.of(
            "a missing file",
            "tls_server_config: {cert_file: none.pem, key_file: server.key}",
            "none.pem"),
        Arguments.of(
            "a key of another certificate",
            "tls_server_config: {cert_file: server.pem, key_file: renewed.key}",
            "not the certificate's"),
        Arguments.of(
            "an RSA key of another certificate",
            "tls_server_config: {cert_file: renewed.pem, key_file: server.key}",
            "not the certificate's"),
        Arguments.of(
            "an encrypted key",
            "tls_server_config: {cert_file: client.pem, key_file: encrypted.key}",
            "without a passphrase"),
        Arguments.of(
            "a file that is no certificate",
            "tls_server_config: {cert_file: web.yml, key_file: server.key}",
            "holds no certificate"),
        Arguments.of(
            "authority without policy", tls + ", client_ca_file: ca.pem}", "client_auth_type"),
        Arguments.of(
            "policy without authority",
            tls + ", client_auth_type: RequireAndVerifyClientCert}",
            "client_ca_file"),
        Arguments.of(
            "certificates nobody verifies",
            tls + ", client_auth_type: RequireAnyClientCert}",
            "not supported"),
        Arguments.of("an unknown policy", tls + ", client_auth_type: Maybe}", "Maybe"),
        Arguments.of("old TLS", tls + ", min_version: TLS10}", "TLS10"),
        Arguments.of(
            "versions upside down", tls + ", min_version: TLS13, max_version: TLS12}", "below"),
        Arguments.of("an unknown cipher", tls + ", cipher_suites: [ROT13]}", "ROT13"),
        Arguments.of("curves", tls + ", curve_preferences: [CurveP256]}", "not supported"),
        Arguments.of(
            "the clients' cipher order", tls + ", prefer_server_cipher_suites: false}", "prefer"),
        Arguments.of(
            "another header", "http_server_config: {headers: {X-Powered-By: us}}", "X-Powered-By"),
        Arguments.of(
            "a header that breaks out",
            "http_server_config: {headers: {X-XSS-Protection: \"1\\r\\nSet-Cookie: a=b\"}}",
            "characters"),
        Arguments.of(
            "a wrong frame option",
            "http_server_config: {headers: {X-Frame-Options: allow}}",
            "deny or sameorigin"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bad")
  void refuses(String what, String yaml, String message) throws Exception {
    Path file = write(yaml);
    assertThatThrownBy(() -> WebConfig.load(file))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void refuses_a_file_that_is_not_there() {
    assertThatThrownBy(() -> WebConfig.load(folder.resolve("none.yml")))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("none.yml");
  }

  @Test
  void prints_no_hash() {
    assertThat(BcryptHash.parse(HASH)).hasToString("<bcrypt hash>");
  }

  private Path write(String yaml) throws Exception {
    try (Stream<Path> files = Files.list(TestCertificates.file(""))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return Files.writeString(folder.resolve("web.yml"), yaml);
  }
}
