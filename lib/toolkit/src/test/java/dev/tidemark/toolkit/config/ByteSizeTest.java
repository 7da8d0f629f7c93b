package dev.tidemark.toolkit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "1024, 1024, 1Ki",
    "64Mi, 67108864, 64Mi",
    "64MiB, 67108864, 64Mi",
    "1.5Gi, 1610612736, 1536Mi",
    "512MB, 512000000, 500000Ki",
    "512M, 512000000, 500000Ki",
    "1k, 1000, 1000",
    "1KB, 1000, 1000",
    "100B, 100, 100",
    "9223372036854775807, 9223372036854775807, 9223372036854775807",
    "7Ei, 8070450532247928832, 7Ei",
  })
  void reads_sizes_and_prints_them_exactly(String text, long bytes, String printed) {
    assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    assertThat(new ByteSize(bytes)).hasToString(printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "5i", "5m", "Mi", "1 Gi", "8Ei", "0.3Ki", "1e3", "lots"})
  void refuses_what_is_no_whole_number_of_bytes(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteSize.parse(text))
        .withMessageStartingWith("found \"" + text + "\"");
  }
}
