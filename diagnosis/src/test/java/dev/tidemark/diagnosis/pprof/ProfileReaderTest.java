package dev.tidemark.diagnosis.pprof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tidemark.diagnosis.ProfileBytes;
import dev.tidemark.diagnosis.ProtoBytes;
import dev.tidemark.diagnosis.input.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileReaderTest {
  private static final ProfileLimits SMALL = new ProfileLimits(1 << 20, 10_000, 10_000);

  static Profile read(byte[] bytes) throws IOException {
    return ProfileReader.read(new ByteArrayInputStream(bytes), SMALL);
  }

  private static ProfileBytes usual() {
    return ProfileBytes.heap()
        .sample(
            List.of("main.leak /a/main.go:7 < main.grow /a/main.go:9", "main.main /a/main.go:3"),
            10,
            100,
            5,
            50)
        .sample(List.of("main.main /a/main.go:4"), 1, 1, 0, 0)
        .time(42);
  }

  @Test
  void reads_what_go_writes_plain_and_gzipped() throws Exception {
    byte[] bytes = usual().toBytes();
    for (byte[] form : List.of(bytes, ProfileBytes.gzip(bytes))) {
      Profile profile = read(form);
      assertThat(profile.sampleTypes()).contains(new ValueType("inuse_space", "bytes"));
      assertThat(profile.timeNanos()).isEqualTo(42);
      assertThat(profile.samples()).hasSize(2);
      Sample sample = profile.samples().get(0);
      assertThat(sample.value(3)).isEqualTo(50);
      assertThat(sample.stack()).hasSize(2);
      assertThat(sample.stack().get(0).lines())
          .containsExactly(
              new Line(new Function("main.leak", "main.leak", "/a/main.go", 0), 7, 0),
              new Line(new Function("main.grow", "main.grow", "/a/main.go", 0), 9, 0));
    }
  }

  @Test
  void reads_every_field_of_the_format() throws Exception {
    ProtoBytes bytes =
        new ProtoBytes()
            .text(6, "")
            .text(6, "wall")
            .text(6, "ns")
            .text(6, "/bin/app")
            .text(6, "id")
            .text(6, "Σ.main")
            .message(1, new ProtoBytes().number(1, 1).number(2, 2))
            // ids may be any number, and the places may follow later
            .message(
                2,
                new ProtoBytes()
                    .number(1, -1)
                    .number(1, 77)
                    .number(2, -5)
                    .message(3, new ProtoBytes().number(1, 4).number(2, 5))
                    .message(3, new ProtoBytes().number(1, 4).number(3, -9).number(4, 2)))
            .message(
                3,
                new ProtoBytes()
                    .number(1, 9)
                    .number(2, 1)
                    .number(3, 2)
                    .number(4, 3)
                    .number(5, 3)
                    .number(6, 4)
                    .number(7, 1)
                    .number(8, 1)
                    .number(9, 1)
                    .number(10, 1))
            .message(
                4,
                new ProtoBytes()
                    .number(1, -1)
                    .number(2, 9)
                    .number(3, -16)
                    .message(4, new ProtoBytes().number(1, 3).number(2, 8).number(3, 2))
                    .number(5, 1))
            .message(4, new ProtoBytes().number(1, 77))
            .message(
                5,
                new ProtoBytes().number(1, 3).number(2, 5).number(3, 4).number(4, 3).number(5, 6))
            .number(7, 1)
            .number(8, 2)
            .number(9, 11)
            .number(10, 12)
            .message(11, new ProtoBytes().number(1, 1).number(2, 2))
            .number(12, 13)
            .packed(13, 5, 1)
            .number(14, 1)
            .number(15, 3)
            .number(99, 1)
            .text(98, "unknown fields are skipped")
            .raw(0x89, 0x06, 1, 2, 3, 4, 5, 6, 7, 8)
            .raw(0x85, 0x06, 1, 2, 3, 4);
    Profile profile = read(bytes.toBytes());
    ValueType wall = new ValueType("wall", "ns");
    assertThat(profile.sampleTypes()).containsExactly(wall);
    assertThat(profile.periodType()).isEqualTo(wall);
    assertThat(profile.dropFrames()).isEqualTo("wall");
    assertThat(profile.keepFrames()).isEqualTo("ns");
    assertThat(profile.durationNanos()).isEqualTo(12);
    assertThat(profile.period()).isEqualTo(13);
    assertThat(profile.comments()).containsExactly("Σ.main", "wall");
    assertThat(profile.defaultSampleType()).isEqualTo("wall");
    assertThat(profile.documentation()).isEqualTo("/bin/app");
    assertThat(profile.mappings()).containsExactly(new Mapping(1, 2, 3, "/bin/app", "id"));
    Sample sample = profile.samples().get(0);
    assertThat(sample.value(0)).isEqualTo(-5);
    assertThat(sample.labels())
        .containsExactly(new Label("id", "Σ.main", 0, ""), new Label("id", null, -9, "ns"));
    Location first = sample.stack().get(0);
    assertThat(first.address()).isEqualTo(-16);
    assertThat(first.folded()).isTrue();
    assertThat(first.mapping()).isEqualTo(profile.mappings().get(0));
    assertThat(first.lines())
        .containsExactly(new Line(new Function("Σ.main", "id", "/bin/app", 6), 8, 2));
    assertThat(sample.stack().get(1).lines()).isEmpty();
  }

  static Stream<Arguments> invalid() {
    ProtoBytes table = new ProtoBytes().text(6, "");
    byte[] strings = table.toBytes();
    return Stream.of(
        Arguments.of("nothing", new byte[0], "is empty"),
        Arguments.of("text", text("hello"), "is text of another kind; needs a pprof profile"),
        Arguments.of("a dump", text("goroutine 1 [running]:\n"), "is a goroutine dump"),
        Arguments.of("a page", text("<!DOCTYPE html>"), "is an HTML page"),
        Arguments.of("a heap dump", text("JAVA PROFILE 1.0.2\0"), "HPROF"),
        Arguments.of(
            "no strings at all", new ProtoBytes().number(12, 1).toBytes(), "one of 0 strings"),
        Arguments.of(
            "a string before the empty one",
            new ProtoBytes().text(6, "x").toBytes(),
            "at byte 1 has a table of strings"),
        Arguments.of(
            "a group",
            with(strings, 0x0b),
            "has a field of wire type 3; needs wire type 0, 1, 2 or 5"),
        Arguments.of(
            "a number where a message belongs",
            with(strings, 0x10, 1),
            "has wire type 0 in field 2; needs a message"),
        Arguments.of(
            "a string where a number belongs",
            with(strings, 0x62, 1, 1),
            "in field 12; needs a number"),
        Arguments.of(
            "a length of a billion",
            with(strings, 0x32, 0x80, 0x94, 0xeb, 0xdc, 0x03),
            "bytes of a string are missing"),
        Arguments.of(
            "a length beyond all",
            with(strings, 0x32, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f),
            "claims 9223372036854775807 bytes"),
        Arguments.of(
            "a number of eleven bytes",
            with(strings, 0x60, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1),
            "has more than 10 bytes; needs a number"),
        Arguments.of(
            "a message longer than its parent",
            with(strings, 0x12, 2, 0x0a, 5),
            "claims 5 bytes in field 1; needs at most 0"),
        Arguments.of("a sample without types", with(strings, 0x12, 0), "has a sample; needs types"),
        Arguments.of(
            "too few values",
            ProfileBytes.heap().sample(List.of(), 1, 2, 3).toBytes(),
            "of 3 values; needs 4"),
        Arguments.of(
            "an unknown location",
            new ProtoBytes()
                .text(6, "")
                .message(1, new ProtoBytes())
                .message(2, new ProtoBytes().number(1, 8).number(2, 1))
                .toBytes(),
            "has a sample with location 8; needs one that is in the profile"),
        Arguments.of(
            "an unknown function",
            new ProtoBytes()
                .text(6, "")
                .message(4, new ProtoBytes().number(1, 1).message(4, new ProtoBytes().number(1, 6)))
                .toBytes(),
            "has a location with function 6"),
        Arguments.of(
            "a location without id",
            new ProtoBytes().text(6, "").message(4, new ProtoBytes()).toBytes(),
            "has a location with id 0"),
        Arguments.of(
            "the same function twice",
            new ProtoBytes()
                .text(6, "")
                .message(5, new ProtoBytes().number(1, 3))
                .message(5, new ProtoBytes().number(1, 3))
                .toBytes(),
            "a second function 3"),
        Arguments.of(
            "a string that is not there",
            new ProtoBytes().text(6, "").number(14, 1).toBytes(),
            "names string 1; needs one of 1 strings"),
        Arguments.of(
            "two profiles in one file",
            with(with(usual().toBytes(), 0), usual().toBytes()),
            "at byte"),
        Arguments.of(
            "gzip that is cut", Arrays.copyOf(ProfileBytes.gzip(usual().toBytes()), 60), "gzip"),
        Arguments.of("a gzip header alone", new byte[] {0x1f, (byte) 0x8b}, "gzip"));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] with(byte[] bytes, int... more) {
    byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
    for (int i = 0; i < more.length; i++) {
      all[bytes.length + i] = (byte) more[i];
    }
    return all;
  }

  private static byte[] with(byte[] bytes, byte[] more) {
    byte[] all = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, all, bytes.length, more.length);
    return all;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void refuses_what_is_no_profile(String description, byte[] bytes, String message) {
    assertThatThrownBy(() -> read(bytes))
        .as(description)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void a_second_profile_behind_the_first_is_named() {
    assertThatThrownBy(() -> read(with(usual().toBytes(), usual().toBytes())))
        .hasMessageContaining("a second profile follows");
  }

  @Test
  void a_file_cut_anywhere_is_read_or_refused() {
    for (byte[] form : List.of(usual().toBytes(), ProfileBytes.gzip(usual().toBytes()))) {
      for (int length = 0; length < form.length; length++) {
        survives(Arrays.copyOf(form, length), "cut at " + length);
      }
    }
  }

  @Test
  void a_damaged_file_is_read_or_refused() {
    int rounds = Integer.getInteger("tidemark.fuzz.rounds", 4_000);
    for (int seed = 0; seed < rounds; seed++) {
      Random random = new Random(seed);
      byte[] bytes = usual().toBytes();
      for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      survives(random.nextInt(8) == 0 ? ProfileBytes.gzip(bytes) : bytes, "seed " + seed);
    }
  }

  @Test
  void noise_is_read_or_refused() {
    for (int seed = 0; seed < 1_000; seed++) {
      byte[] bytes = new byte[new Random(seed).nextInt(400)];
      new Random(seed).nextBytes(bytes);
      survives(bytes, "seed " + seed);
    }
  }

  private static void survives(byte[] bytes, String description) {
    try {
      read(bytes);
    } catch (BadInputException e) {
      assertThat(e).as(description).hasMessageMatching("(?s)(is|says|at byte [0-9]+) .*");
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(description, e);
    }
  }

  @Test
  void what_is_larger_than_the_limits_is_refused() {
    byte[] bomb = ProfileBytes.gzip(new byte[64 << 20]);
    assertThat(bomb.length).isLessThan(100_000);
    assertThatThrownBy(() -> read(bomb)).isInstanceOf(BadInputException.class);

    ProtoBytes comment = new ProtoBytes().text(6, "").bytes(6, new byte[2 << 20]);
    assertThatThrownBy(() -> read(ProfileBytes.gzip(comment.toBytes())))
        .hasMessageContaining("at most 1048576 bytes");

    ProtoBytes strings = new ProtoBytes();
    for (int i = 0; i < 10_001; i++) {
      strings.text(6, "");
    }
    assertThatThrownBy(() -> read(strings.toBytes()))
        .hasMessageContaining("at most 10000 of all kinds");

    ProtoBytes numbers = new ProtoBytes().packed(1, new long[10_001]);
    assertThatThrownBy(() -> read(new ProtoBytes().message(2, numbers).toBytes()))
        .hasMessageContaining("at most 10000 frames and values");
  }

  @Test
  void an_endless_stream_ends_at_the_limit() {
    InputStream endless =
        new InputStream() {
          private int at;

          @Override
          public int read() {
            return at++ % 2 == 0 ? 0x60 : 1; // period, again and again
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            for (int i = 0; i < length; i++) {
              bytes[offset + i] = (byte) read();
            }
            return length;
          }
        };
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () ->
            assertThatThrownBy(() -> ProfileReader.read(endless, SMALL))
                .hasMessageContaining("at most 1048576 bytes"));
  }

  @Test
  void a_sample_type_is_found_as_pprof_finds_it() throws Exception {
    Profile heap = read(usual().toBytes());
    assertThat(heap.sampleIndex("")).isEqualTo(3);
    assertThat(heap.sampleIndex("alloc_space")).isEqualTo(1);
    assertThat(heap.sampleIndex("2")).isEqualTo(2);
    assertThat(heap.sampleIndex("4")).isEqualTo(-1);
    assertThat(heap.sampleIndex("99999999999999999999")).isEqualTo(-1);
    assertThat(heap.sampleIndex("cpu")).isEqualTo(-1);
    ProfileBytes old = new ProfileBytes().type("objects", "count").type("space", "bytes");
    assertThat(read(old.toBytes()).sampleIndex("inuse_space")).isEqualTo(1);
    ProfileBytes chosen = ProfileBytes.heap();
    assertThat(read(chosen.field(14, chosen.string("alloc_space")).toBytes()).sampleIndex(""))
        .isEqualTo(1);
  }
}
