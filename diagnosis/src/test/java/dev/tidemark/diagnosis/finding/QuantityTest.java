package dev.tidemark.diagnosis.finding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantityTest {
  @Test
  void numbers_read_the_same_everywhere() {
    assertThat(Quantity.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Quantity.bytes(1023)).isEqualTo("1023 B");
    assertThat(Quantity.bytes(-1536)).isEqualTo("-1.5 KiB");
    assertThat(Quantity.bytes(512L << 20)).isEqualTo("512 MiB");
    assertThat(Quantity.bytes(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
    assertThat(Quantity.percent(0.8)).isEqualTo("80 %");
    assertThat(Quantity.percent(0.004)).isEqualTo("0.4 %");
  }
}
