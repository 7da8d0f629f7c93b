package dev.tidemark.toolkit.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainFlagsTest {
  @Test
  void values_stand_behind_a_space_or_the_first_equals_sign() {
    PlainFlags flags = read("--a 1 --on --b=x=y").orElseThrow();
    assertThat(flags.value("--a")).contains("1");
    assertThat(flags.value("--b")).contains("x=y");
    assertThat(flags.value("--c")).isEmpty();
    assertThat(flags.isOn("--on")).isTrue();
    assertThat(flags.isOn("--off")).isFalse();
    assertThat(read("--a -").orElseThrow().value("--a")).contains("-");
    assertThat(PlainFlags.read(List.of(), Set.of("--a"), Set.of())).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--z 1",
        "--a",
        "--a=",
        "--a --b",
        "--a -x",
        "--a @x",
        "--a 'x'",
        "--a=\"x\"",
        "--a 1 2",
        "--a 1 --a=2",
        "--on --on",
        "--on=true",
        "-h",
        "--help",
        "x",
        "@x"
      })
  void anything_else_is_not_plain(String line) {
    assertThat(read(line)).isEmpty();
  }

  private static Optional<PlainFlags> read(String line) {
    return PlainFlags.read(
        List.of(line.split(" ")), Set.of("--a", "--b", "--c"), Set.of("--on", "--off"));
  }
}
