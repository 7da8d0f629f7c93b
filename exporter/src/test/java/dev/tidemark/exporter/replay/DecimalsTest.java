package dev.tidemark.exporter.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {
  private static double parse(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Decimals.parse(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "-1.5, -1.5",
    "100, 100",
    "0.001, 0.001",
    "0.0005, 0.0005",
    "0.00001, 0.00001",
    "1e-6, 0.000001",
    "1e-7, 1e-7",
    "1.25e-9, 1.25e-9",
    "123456789012345680000, 123456789012345680000",
    "1e21, 1e21",
    "-1.5e300, -1.5e300",
    "2e23, 2e23",
    "1.7976931348623157E308, 1.7976931348623157e308",
    "4.9E-324, 5e-324",
    "0.1, 0.1",
    "0.30000000000000004, 0.30000000000000004",
  })
  void prints_the_shortest_text_that_reads_back(double value, String text) {
    assertThat(Decimals.print(value)).isEqualTo(text);
  }

  @Test
  void prints_nothing_longer_than_needed_whatever_the_number() {
    long seed = 20260101;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      double value =
          switch (i % 4) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextGaussian() * 1000;
            case 2 -> Math.round(random.nextDouble() * 1e6) / 1e3;
            default -> random.nextDouble() * Math.pow(10, random.nextInt(40) - 20);
          };
      if (!Double.isFinite(value)) {
        continue;
      }
      String text = Decimals.print(value);
      String where = "seed " + seed + ", case " + i + ": " + value + " as " + text;
      assertThat(Double.parseDouble(text)).as(where).isEqualTo(value == 0 ? 0 : value);
      int digits = new BigDecimal(text).stripTrailingZeros().precision();
      if (digits > 1) {
        BigDecimal shorter = new BigDecimal(value).round(new MathContext(digits - 1));
        assertThat(shorter.doubleValue()).as(where).isNotEqualTo(value);
      }
    }
  }

  @Test
  void reads_as_java_does() {
    long seed = 7;
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      double value = random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30);
      String text =
          switch (i % 3) {
            case 0 -> Double.toString(value);
            case 1 -> new BigDecimal(value).toPlainString();
            default -> "  +" + Math.abs(value) + " ";
          };
      assertThat(parse(text)).as("seed %s, %s", seed, text).isEqualTo(Double.parseDouble(text));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "+",
        ".",
        "abc",
        "NaN",
        "nan",
        "Inf",
        "+Inf",
        "Infinity",
        "1e",
        "e5",
        "1e999",
        "0x1p3",
        "1d",
        "1f",
        "1,5",
        "1_000",
        "1.2.3",
        "--1",
        "1 2",
        "½",
        "\"1\"",
        "null"
      })
  void what_is_no_finite_decimal_is_not_a_number(String text) {
    assertThat(parse(text)).isNaN();
  }
}
