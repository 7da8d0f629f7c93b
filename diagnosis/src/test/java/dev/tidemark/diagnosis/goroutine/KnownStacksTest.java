package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownStacksTest {
  private static final String HEADER = "(?m)^goroutine \\d+ \\[[^\\n]*]:\\r?\\n";
  private static final String STACK =
      "main.f(0xc000, {0x1, ...})\n\t/a.go:1 +0x5\ncreated by main.g in goroutine 7\n\t/a.go:2\n\n";

  /** A stack with a line of a log in it is read, one without is found again. */
  @Test
  void what_is_found_again_means_what_it_means_when_read() throws IOException {
    String recorded = recorded();
    String small =
        recorded.substring(0, recorded.indexOf("\n\n", 20_000) + 2)
            + "goroutine 9000 [select, 3 minutes]:\n"
            + STACK;
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      StringBuilder dump = new StringBuilder();
      for (int copy = 1; copy <= 3; copy++) {
        dump.append(
            small
                .replace("goroutine ", "goroutine " + copy)
                .replace("0xc000", "0xc00" + random.nextInt(3)));
      }
      for (int damage = random.nextInt(8); damage > 0; damage--) {
        damage(dump, random);
      }
      Limits limits = new Limits(1 << 20, 80 + random.nextInt(1000), 100, 1 + random.nextInt(30));
      String text = dump.toString();
      assertThat(read(text, limits))
          .as("seed %d", seed)
          .isEqualTo(read(text.replaceAll(HEADER, "$0level=info\n"), limits));
    }
  }

  private static void damage(StringBuilder dump, Random random) {
    int at = random.nextInt(dump.length() - 1);
    switch (random.nextInt(3)) {
      case 0 -> dump.deleteCharAt(at);
      case 1 -> dump.insert(at, "()\n\r\t ?{].".charAt(random.nextInt(10)));
      default -> dump.setCharAt(at, "()\n\r\t ?{].".charAt(random.nextInt(10)));
    }
  }

  private static GoroutineDump read(String dump, Limits limits) throws IOException {
    byte[] bytes = dump.getBytes(StandardCharsets.UTF_8);
    return GoroutineDumps.read(new ByteArrayInputStream(bytes), limits);
  }

  private static String recorded() throws IOException {
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(
                KnownStacksTest.class.getResourceAsStream("/dumps/leaky-go119-debug2.txt.gz")))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "the same, 0xc000, 0xc000, true",
    "other arguments, '0xc000, {0x1, ...}', '0x7f?, _', true",
    "no arguments, '0xc000, {0x1, ...}', '', true",
    "another goroutine started it, goroutine 7, goroutine 71234, true",
    "no goroutine started it, goroutine 7, goroutine , false",
    "a bracket among the arguments, 0xc000, 0x(c000, false",
    "another function, main.f, main.h, false",
    "another line, a.go:1, a.go:3, false",
    "a frame more, created by, main.x(), false",
    "more arguments than a line may have, 0xc000, '0000000000000000000000000000000000', false",
  })
  void finds_a_stack_that_differs_in_nothing_but_values(
      String what, String part, String other, boolean found) {
    KnownStacks stacks = stacks();
    byte[] same = STACK.getBytes(StandardCharsets.US_ASCII);
    assertThat(stacks.find(same, 0, same.length)).isNotNull(); // so that it is expected again
    byte[] bytes = STACK.replace(part, other).getBytes(StandardCharsets.US_ASCII);
    KnownStacks.Known known = stacks.find(bytes, 0, bytes.length);
    assertThat(known != null).isEqualTo(found);
    if (known != null) {
      int length = stacks.to(0) - stacks.from(0);
      String told = new String(bytes, stacks.from(0), length, StandardCharsets.US_ASCII);
      assertThat(STACK.replace(part, other)).contains("main.f(" + told + ")");
      assertThat(stacks.end()).isEqualTo(bytes.length);
      assertThat(known.numbered).isTrue();
    }
  }

  @Test
  void finds_nothing_that_does_not_end_here() {
    KnownStacks stacks = stacks();
    byte[] bytes = STACK.getBytes(StandardCharsets.US_ASCII);
    for (int limit = 0; limit < bytes.length; limit++) {
      assertThat(stacks.find(bytes, 0, limit)).as("of %d bytes", limit).isNull();
    }
    assertThat(stacks.find(bytes, 0, bytes.length)).isNotNull();
  }

  @Test
  void holds_a_bounded_number_of_stacks() {
    KnownStacks stacks = new KnownStacks(1000, 10);
    int found = 0;
    for (int i = 0; i < 60_000; i++) {
      String stack = "main.f" + i + "()\n\t/" + "a".repeat(500) + ".go:1\n\n";
      byte[] bytes = stack.getBytes(StandardCharsets.US_ASCII);
      int open = stack.indexOf('(') + 1;
      stacks.begin();
      stacks.gap(open, open);
      stacks.add(bytes, 0, bytes.length, new KnownStacks.Stack(List.of(), null, false));
      found += stacks.find(bytes, 0, bytes.length) == null ? 0 : 1;
    }
    assertThat(found).isBetween(1_000, 30_000);
  }

  /** Of one stack, in lines of 40 bytes at most. */
  private static KnownStacks stacks() {
    KnownStacks stacks = new KnownStacks(40, 10);
    byte[] bytes = STACK.getBytes(StandardCharsets.US_ASCII);
    int number = STACK.indexOf("goroutine 7") + "goroutine ".length();
    stacks.begin();
    stacks.gap(STACK.indexOf('(') + 1, STACK.indexOf(')'));
    stacks.gap(number, number + 1);
    stacks.add(bytes, 0, bytes.length, new KnownStacks.Stack(List.of(), null, false));
    return stacks;
  }
}
