package dev.tidemark.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.diagnosis.hprof.HprofBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class HeapDiffCommandTest {
  @TempDir Path folder;
  private String base = "";
  private String target = "";

  @BeforeEach
  void write() throws IOException {
    base = file("a.pb.gz", heap(1_000_000_000L, 10));
    target = file("b.pb.gz", heap(3_601_000_000_000L, 5000));
  }

  private static ProfileBytes heap(long time, long objects) {
    return ProfileBytes.heap()
        .sample(
            List.of("main.put<x> /src/\u001b[31mcache.go:31", "main.main /src/main.go:9"),
            0,
            0,
            objects,
            objects * 1024)
        .sample(List.of("main.main /src/main.go:5"), 0, 0, 1, 64)
        .time(time);
  }

  private String file(String name, ProfileBytes profile) throws IOException {
    return Files.write(folder.resolve(name), ProfileBytes.gzip(profile.toBytes())).toString();
  }

  @Test
  void text_is_short_with_the_leak_first() {
    Commands.Outcome outcome =
        Commands.run(
            "heap-diff", "--base", base, "--target", target, "--per", "hour", "--fail-on", "leak");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .isEqualTo(
            base
                + " -> "
                + target
                + """

                inuse_space: 10.1 KiB -> 4.9 MiB (+4.9 MiB in 3,600 s)
                leak         +4.9 MiB, +4.9 MiB per hour  gained 4.9 MiB in 4,990 objects, 100 % of all growth
                           main.put<x> /src/?[31mcache.go:31
                           main.main /src/main.go:9

                          flat            cum  function
                      +4.9 MiB       +4.9 MiB  main.put<x>
                           0 B       +4.9 MiB  main.main
                """);
  }

  @Test
  void json_has_the_documented_shape() throws Exception {
    for (List<String> more :
        List.of(
            List.<String>of(),
            List.of("--per", "100000"),
            List.of("--top", "1"),
            List.of("--target", target),
            List.of("--sample-type", "inuse_objects"))) {
      List<String> args =
          new java.util.ArrayList<>(
              List.of("heap-diff", "--format", "json", "--base", base, "--target", target));
      args.addAll(more);
      Commands.Outcome outcome = Commands.run(args.toArray(String[]::new));
      assertThat(outcome.err()).isEmpty();
      assertThat(Schemas.problems("heap-diff", outcome.out())).as(more.toString()).isEmpty();
    }
    JsonNode json =
        new ObjectMapper()
            .readTree(
                Commands.run(
                        "heap-diff",
                        "--format=json",
                        "--base",
                        base,
                        "--target",
                        target,
                        "--per=4990")
                    .out());
    assertThat(json.at("/total/delta").longValue()).isEqualTo(4990 * 1024);
    assertThat(json.at("/paths/0/perUnit").doubleValue()).isEqualTo(1024);
    assertThat(json.at("/per/unit").textValue()).isEqualTo("request");
    assertThat(json.at("/functions/0/flatDelta").longValue()).isEqualTo(4990 * 1024);
  }

  @Test
  void a_text_profile_shows_what_the_main_goroutine_allocated() throws Exception {
    String text =
        """
        heap profile: %1$d: %1$d00 [%1$d: %1$d00] @ heap/1
        %1$d: %1$d00 [%1$d: %1$d00] @ 0x21 0x31 0x41 0x51 0x61
        #	0x30	main.grow+0x1	/src/a.go:1
        #	0x40	main.main+0x1	/src/a.go:9
        #	0x50	runtime.main+0x1	/go/src/runtime/proc.go:1

        """;
    String before = Files.writeString(folder.resolve("a.txt"), text.formatted(10)).toString();
    String after = Files.writeString(folder.resolve("b.txt"), text.formatted(5000)).toString();
    JsonNode functions =
        new ObjectMapper()
            .readTree(
                Commands.run("heap-diff", "--format=json", "--base", before, "--target", after)
                    .out())
            .get("functions");
    // as go tool pprof with the binary
    assertThat(functions)
        .extracting(f -> f.get("function").textValue() + " " + f.get("flatDelta").longValue())
        .containsExactlyInAnyOrder(
            "main.grow 499000", "main.main 0", "runtime.main 0", "runtime.goexit 0");
  }

  @Test
  void the_dump_of_a_jvm_that_is_wrong_is_named_with_its_place() throws Exception {
    byte[] whole = new HprofBytes(8).orders(600).toBytes();
    String good = Files.write(folder.resolve("good.hprof"), whole).toString();
    String empty = Files.write(folder.resolve("empty"), new byte[0]).toString();
    String header = Files.write(folder.resolve("header"), Arrays.copyOf(whole, 31)).toString();
    String cut =
        Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 30)).toString();
    byte[] damage = whole.clone();
    damage[22] = 7;
    String damaged = Files.write(folder.resolve("damaged"), damage).toString();
    assertThat(hprof(good, empty).err())
        .contains(empty + " is empty; needs a file with a heap dump");
    assertThat(hprof(base, good).err())
        .contains(base + " is a pprof profile")
        .contains("as " + good);
    assertThat(hprof(good, header).err()).contains(header + " at byte 31 ends without an object");
    assertThat(hprof(good, header).code()).isEqualTo(2);
    assertThat(hprof(good, damaged).err()).contains("error: " + damaged + " at byte 19 has ids");
    assertThat(hprof(damaged, good).err()).contains("error: " + damaged + " at byte 19 has ids");
    assertThat(hprof(good, cut).out())
        .contains(cut + " is truncated: it ends early, at byte " + (whole.length - 30))
        .doesNotContain(good + " is truncated");
  }

  @Test
  void paths_that_allocate_in_one_function_are_put_together() throws Exception {
    ProfileBytes many = ProfileBytes.heap().time(3_601_000_000_000L);
    for (int caller = 1; caller <= 12; caller++) {
      String called = "main.put /src/cache.go:31";
      many.sample(List.of(called, "main.c" + caller + " /src/c.go:" + caller), 0, 0, 100, 102_400);
    }
    String grown = file("c.pb.gz", many);
    String text = Commands.run("heap-diff", "--base", base, "--target", grown, "--top", "2").out();
    assertThat(text)
        .contains(
            """
            and 10 more growing paths
            together    +1.2 MiB in 1,200 objects  by 12 paths that allocate in one function
                       main.put /src/cache.go:31
            """);
    String page =
        Commands.run("heap-diff", "--base", base, "--target", grown, "--format=html").out();
    assertThat(page)
        .contains("Paths that allocate in one function")
        .contains("<td class=\"number\">1,200</td><td class=\"number\">12</td><td>main.put /src");
    assertThat(Commands.run("heap-diff", "--base", base, "--target", target).out())
        .doesNotContain("together");
  }

  private static Commands.Outcome hprof(String before, String after) {
    return Commands.run("heap-diff", "--base", before, "--target", after);
  }

  @Test
  void html_escapes_what_it_shows() {
    String page =
        Commands.run("heap-diff", "--format=html", "--base", base, "--target", target).out();
    assertThat(page)
        .contains("main.put&lt;x&gt;")
        .doesNotContain("put<x>", "\u001b", "src=", "https:");
  }

  @Test
  void says_what_is_wrong_with_a_file_or_a_flag() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "hello");
    assertThat(Commands.run("heap-diff", "--base", base, "--target", text.toString()))
        .isEqualTo(
            new Commands.Outcome(
                2, "", "error: " + text + " is text of another kind; needs a pprof profile\n"));
    String other = file("cpu", new ProfileBytes().type("cpu", "nanoseconds"));
    assertThat(Commands.run("heap-diff", "--base", base, "--target", other).err())
        .contains(other + " has the types cpu; needs one that the base has");
    assertThat(Commands.run("heap-diff", "--base", base).err()).contains("--target");
    assertThat(Commands.run("heap-diff", "--base", base, "--base", base, "--target", target).err())
        .contains("2 times --base and 1 times --target");
    assertThat(Commands.run("heap-diff", "--base", base, "--target", target, "--top", "0").code())
        .isEqualTo(2);
    assertThat(Commands.run("heap-diff", "--base", base, "--target", target, "--per", "week").err())
        .contains("--per week: needs second, minute");
    assertThat(Commands.run("heap-diff", "--base", target, "--target", base, "--per", "hour").err())
        .contains("do not say when they were taken, or in that order");
    assertThat(
            Commands.run("heap-diff", "--base", target, "--target", base, "--threshold", "0")
                .code())
        .isEqualTo(2);
  }

  @Test
  void a_binary_file_is_named_for_what_it_seems_with_what_to_fetch() throws Exception {
    byte[][] wrong = {
      new byte[300], {0x0b, 0x01, 0x02, 0x03, 0x04}, {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}
    };
    for (byte[] bytes : wrong) {
      String file = Files.write(folder.resolve("wrong"), bytes).toString();
      Commands.Outcome outcome = Commands.run("heap-diff", "--base", base, "--target", file);
      assertThat(outcome.code()).isEqualTo(2);
      assertThat(outcome.err())
          .contains(file + " is binary (0x")
          .contains("needs a pprof profile, such as curl http://HOST:PORT/debug/pprof/heap writes");
    }
    byte[] whole = heap(1, 10).toBytes();
    String cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, 90)).toString();
    assertThat(Commands.run("heap-diff", "--base", base, "--target", cut).err())
        .contains(cut + " at byte 90 ")
        .contains("needs all of the profile: fetch it again");
  }
}
