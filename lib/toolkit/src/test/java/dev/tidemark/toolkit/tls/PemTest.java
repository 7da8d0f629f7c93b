package dev.tidemark.toolkit.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"server, server-pkcs1", "renewed, renewed-sec1"})
  void reads_older_key_formats_as_the_same_key(String modern, String older) throws Exception {
    // both fit the certificate, which is checked by signing
    Pem chain = Pem.file(TestCertificates.file(modern + ".pem"));
    for (String name : List.of(modern, older)) {
      Pem key = Pem.file(TestCertificates.file(name + ".key"));
      assertThat(TlsMaterial.identity(chain, key)).as(name).isNotNull();
    }
  }

  @Test
  void reads_a_chain_and_a_key_from_one_file() throws Exception {
    String both =
        Files.readString(TestCertificates.file("server.key"))
            + Files.readString(TestCertificates.file("server.pem"))
            + "some text between\n"
            + Files.readString(TestCertificates.file("ca.pem"));
    Pem pem = Pem.text("bundle", both);
    assertThat(pem.certificates()).hasSize(2);
    assertThat(pem.privateKey().getAlgorithm()).isEqualTo("RSA");
    assertThat(TlsMaterial.identity(pem, pem)).isNotNull();
  }

  @Test
  void refuses_a_file_that_is_far_too_large() throws Exception {
    Path file = Files.write(folder.resolve("huge.pem"), new byte[5 << 20]);
    assertThatThrownBy(() -> Pem.file(file)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server.key", "server-pkcs1.key", "renewed-sec1.key", "server.pem"})
  void survives_damaged_files_and_shows_nothing_of_them(String name) throws Exception {
    String text = Files.readString(TestCertificates.file(name));
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      StringBuilder damaged = new StringBuilder(text);
      for (int i = 0; i <= random.nextInt(4); i++) {
        damaged.setCharAt(random.nextInt(damaged.length()), (char) (33 + random.nextInt(90)));
      }
      damaged.setLength(random.nextInt(4) == 0 ? random.nextInt(text.length()) : text.length());
      Pem pem = Pem.text(name, damaged.toString());
      try {
        pem.privateKey();
      } catch (GeneralSecurityException e) {
        assertThat(e.getMessage()).as("seed %d", seed).doesNotContain(text.substring(60, 90));
      }
      try {
        pem.certificates();
      } catch (GeneralSecurityException e) {
        assertThat(e.getMessage()).as("seed %d", seed).doesNotContain(text.substring(60, 90));
      }
    }
  }
}
