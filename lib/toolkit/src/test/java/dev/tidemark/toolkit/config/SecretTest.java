package dev.tidemark.toolkit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  record Holder(String user, Secret password) {}

  @TempDir Path folder;

  @Test
  void prints_masked_in_text_and_in_json() throws Exception {
    Holder holder = new Holder("ann", Secret.of("hunter2"));
    assertThat(holder.toString()).isEqualTo("Holder[user=ann, password=<secret>]");
    assertThat(new ObjectMapper().writeValueAsString(holder))
        .isEqualTo("{\"user\":\"ann\",\"password\":\"<secret>\"}");
    assertThat(holder.password().reveal()).isEqualTo("hunter2");
  }

  @Test
  void reads_its_file_again_each_time_and_drops_one_line_end() throws Exception {
    Path file = folder.resolve("token");
    Secret secret = Secret.fromFile(file);
    Files.writeString(file, "first\n");
    assertThat(secret.reveal()).isEqualTo("first");
    Files.writeString(file, " second \r\n");
    assertThat(secret.reveal()).isEqualTo(" second ");
    Files.writeString(file, "third\n\n");
    assertThat(secret.reveal()).isEqualTo("third\n");
    assertThat(secret).hasToString("<secret>");
    assertThat(secret.origin()).isEqualTo("file " + file);
  }

  @Test
  void says_which_file_or_variable_is_missing_or_wrong() throws Exception {
    Path file = folder.resolve("none");
    assertThatThrownBy(() -> Secret.fromFile(file).reveal())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("none");
    Files.write(file, new byte[65 * 1024]);
    assertThatThrownBy(() -> Secret.fromFile(file).reveal()).hasMessageContaining("64 KiB");
    assertThatThrownBy(() -> Secret.fromEnvironment("TIDEMARK_NO_SUCH").reveal())
        .hasMessage("environment variable TIDEMARK_NO_SUCH is not set");
  }
}
