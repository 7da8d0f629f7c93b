package dev.tidemark.toolkit.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.toolkit.config.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class LogsTest {
  private static LoggingEvent event(Level level, String message, @Nullable Throwable failure) {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.tidemark.exporter.Poller");
    LoggingEvent event = new LoggingEvent("x", logger, level, message, failure, null);
    event.setInstant(Instant.parse("2026-01-02T03:04:05.678Z"));
    event.setKeyValuePairs(
        new ArrayList<>(
            List.of(
                new KeyValuePair("address", "127.0.0.1:9477"),
                new KeyValuePair("label", "a b=\"c\"\nlevel=error"),
                new KeyValuePair("token", Secret.of("hunter2")))));
    return event;
  }

  private static String line(LogLine format, LoggingEvent event) {
    return new String(new LineEncoder(format).encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void writes_logfmt_that_no_value_can_break_out_of() {
    assertThat(line(new LogfmtLine(), event(Level.INFO, "listening", null)))
        .isEqualTo(
            "ts=2026-01-02T03:04:05.678Z level=info logger=Poller msg=\"listening\""
                + " address=127.0.0.1:9477 label=\"a b=\\\"c\\\"\\nlevel=error\" token=\"<secret>\"\n"
                    .replace("\"<secret>\"", "<secret>"));
  }

  @Test
  void writes_json_that_parses() throws IOException {
    IOException failure = new IOException("no\u2028 route");
    String line = line(new JsonLine(), event(Level.ERROR, "poll failed", failure));
    assertThat(line).endsWith("}\n").doesNotContain("hunter2");
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.get("level").textValue()).isEqualTo("error");
    assertThat(json.get("msg").textValue()).isEqualTo("poll failed");
    assertThat(json.get("label").textValue()).isEqualTo("a b=\"c\"\nlevel=error");
    assertThat(json.get("err").textValue()).isEqualTo("java.io.IOException: no\u2028 route");
    assertThat(json.get("stack").textValue()).contains("LogsTest");
  }

  @Test
  void keeps_the_stack_of_a_warning_out_and_cuts_a_long_message() {
    String line = line(new LogfmtLine(), event(Level.WARN, "x".repeat(100_000), new IOException()));
    assertThat(line).contains("err=").doesNotContain("stack=").hasSizeLessThan(20_000);
  }

  @Test
  void refuses_an_unknown_level_or_format() {
    assertThatIllegalArgumentException().isThrownBy(() -> Logs.configure("loud", "json"));
    assertThatIllegalArgumentException().isThrownBy(() -> Logs.configure("info", "xml"));
  }
}
