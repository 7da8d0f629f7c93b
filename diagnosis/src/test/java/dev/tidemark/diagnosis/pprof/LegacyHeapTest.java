package dev.tidemark.diagnosis.pprof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.diagnosis.input.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LegacyHeapTest {
  private static final String TEXT =
      """
      heap profile: 3: 3072 [10: 10240] @ heap/1048576
      2: 2048 [9: 9216] @ 0x46ac65 0x8195e5 0x8196a1
      #	0x46ac64	main.(*cache).grow+0x24	/src/app/cache.go:31
      #	0x46ac64	main.(*cache).put+0x10	/src/app/cache.go:40
      #	0x8195e4	main.serve+0x44	/src/my app/main.go:12

      1: 1024 [1: 1024] @ 0x8195e5 0x10
      #	0x8195e4	main.serve+0x44	/src/my app/main.go:12


      # runtime.MemStats
      # Alloc = 123
      """;

  private static Profile read(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ProfileReader.read(
        new ByteArrayInputStream(bytes), new ProfileLimits(1 << 20, 1000, 1000));
  }

  @Test
  void samples_are_scaled_by_their_chance_to_be_seen() throws Exception {
    Profile profile = read(TEXT);
    assertThat(profile.sampleTypes())
        .extracting(ValueType::type)
        .containsExactly("alloc_objects", "alloc_space", "inuse_objects", "inuse_space");
    // the figures of go tool pprof -raw
    Sample sample = profile.samples().get(0);
    assertThat(List.of(sample.value(0), sample.value(1))).containsExactly(4612L, 4723201L);
    assertThat(List.of(sample.value(2), sample.value(3))).containsExactly(1025L, 1049600L);
    assertThat(sample.labels()).containsExactly(new Label("bytes", null, 1024, ""));
    assertThat(profile.period()).isEqualTo(524288);
  }

  @Test
  void functions_come_from_the_comments_also_inlined_ones() throws Exception {
    Profile profile = read(TEXT);
    List<Location> stack = profile.samples().get(0).stack();
    assertThat(stack).hasSize(3);
    assertThat(stack.get(0).lines())
        .extracting(line -> line.function().name() + ":" + line.line())
        .containsExactly("main.(*cache).grow:31", "main.(*cache).put:40");
    assertThat(stack.get(1).lines().get(0).function().file()).isEqualTo("/src/my app/main.go");
    assertThat(stack.get(2).lines().get(0).function().name()).isEqualTo("runtime.goexit");
    assertThat(profile.samples().get(1).stack().get(0)).isSameAs(stack.get(1));
  }

  @Test
  void what_go_leaves_without_a_comment_is_the_runtimes() throws Exception {
    Profile profile =
        read(
            """
            heap profile: 2: 20 [2: 20] @ heap/1
            1: 10 [1: 10] @ 0x21 0x31 0x41 0x51
            #	0x30	main.grow+0x1	/src/a.go:1
            #	0x40	runtime.main+0x1	/go/src/runtime/proc.go:1

            1: 10 [1: 10] @ 0x21 0x61
            """);
    assertThat(profile.samples().get(0).stack())
        .extracting(location -> location.lines().get(0).function().name())
        .containsExactly("runtime.<unknown>", "main.grow", "runtime.main", "runtime.goexit");
    assertThat(profile.samples().get(1).stack().get(1).lines()).isEmpty();
  }

  @Test
  void without_allocations_or_rate_the_counts_stand_as_they_are() throws Exception {
    Profile profile = read("heap profile: 2: 20 [0: 0] @ heapprofile\n2: 20 [0: 0] @ 0x10\n");
    assertThat(profile.sampleTypes())
        .extracting(ValueType::type)
        .containsExactly("objects", "space");
    assertThat(profile.samples().get(0).value(1)).isEqualTo(20);
  }

  @Test
  void the_memory_map_below_is_passed_over() throws Exception {
    Profile profile = read(TEXT + "MAPPED_LIBRARIES:\n00400000-00500000 r-xp 0 00:00 0 /bin/app\n");
    assertThat(profile.samples()).hasSize(2);
  }

  static Stream<Arguments> invalid() {
    String head = "heap profile: 1: 2 [3: 4] @ heap/1048576\n";
    return Stream.of(
        Arguments.of("another sampler", "heap profile: 1: 2 [3: 4] @ heap_v9/1\n", "heap_v9"),
        Arguments.of(
            "half a header",
            "heap profile: 1: 2 [3:",
            "has another first line; needs \"heap profile:"),
        Arguments.of("half a sample", head + "1: 2 [3", "at byte 41 has no sample; needs"),
        Arguments.of("bytes of nothing", head + "0: 2 [3: 4] @ 0x1\n", "has 2 bytes of no objects"),
        Arguments.of("a long address", head + "1: 2 [3: 4] @ 0x11112222333344445\n", "64 bits"),
        Arguments.of("a long number", head + "1: 99999999999999999999 [3: 4] @\n", "64 bits"),
        Arguments.of("too many samples", head + "1: 2 [3: 4] @\n".repeat(1001), "at most 1000"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void refuses_what_is_no_heap_profile(String description, String text, String message) {
    assertThatThrownBy(() -> read(text))
        .as(description)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_text_cut_anywhere_is_read_or_refused() {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < bytes.length; length++) {
      try {
        read(new String(Arrays.copyOf(bytes, length), StandardCharsets.UTF_8));
      } catch (BadInputException e) {
        assertThat(e).hasMessageMatching("(?s)(is|says|at byte [0-9]+) .*");
      } catch (IOException | RuntimeException e) {
        throw new AssertionError("cut at " + length, e);
      }
    }
  }
}
