package dev.tidemark.toolkit.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownTest {
  @Test
  void keeps_hostile_text_on_one_short_line() {
    assertThat(Shown.text("a\"b\nc\t\u001b[31m\u202e"))
        .isEqualTo("\"a\\\"b\\nc\\t\\u001b[31m\\u202e\"");
    assertThat(Shown.text("x".repeat(100))).endsWith("…\" (100 characters)".replace("…\"", "\"…"));
    assertThat(Shown.text("😀".repeat(31))).doesNotContain("?").endsWith("(62 characters)");
  }
}
