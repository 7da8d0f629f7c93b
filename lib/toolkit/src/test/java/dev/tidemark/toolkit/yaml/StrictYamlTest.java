package dev.tidemark.toolkit.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.toolkit.config.ByteSize;
import dev.tidemark.toolkit.config.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictYamlTest {
  enum Mode {
    DRY_RUN,
    AUTO,
    @Key("Pod")
    POD
  }

  record Growth(@Default("[1h, 6h]") List<Duration> horizons, @Default("15m") Duration warmUp) {
    Growth {
      if (horizons.isEmpty()) {
        throw new IllegalArgumentException("horizons: found none, needs at least one");
      }
    }
  }

  record Window(String text) {
    public static Window parse(String text) {
      if (!text.startsWith("w")) {
        throw new IllegalArgumentException("found " + text + ", needs a w first");
      }
      return new Window(text);
    }
  }

  record Inner(int count, Place place) {}

  record All(
      String name,
      @Default("dry-run") Mode mode,
      @Default("{}") Growth growth,
      @Default("1") int replicas,
      @Default("0.5") double share,
      @Default("false") boolean enabled,
      @Nullable Long limit,
      @Nullable ByteSize size,
      @Nullable URI url,
      @Nullable Path file,
      @Nullable Secret password,
      @Nullable Window window,
      @Default("{}") Map<String, String> labels,
      @Default("[]") List<Inner> inner,
      @Nullable Placed<String> expr,
      @Nullable JsonNode free,
      @Key("for") @Nullable Duration forTime) {}

  private static All read(String text) throws ProblemsException {
    return StrictYaml.read("conf/a.yml", text, All.class);
  }

  private static List<String> problems(String text) {
    ProblemsException e = catchThrowableOfType(ProblemsException.class, () -> read(text));
    assertThat(e).as("problems of <%s>", text).isNotNull();
    return e.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void binds_every_type_to_its_component() throws Exception {
    All all =
        read(
            """
            name: 1.10
            mode: Pod
            growth: {horizons: [90m], warmUp: 10s}
            replicas: 0x10
            share: 1e-3
            enabled: true
            limit: -9223372036854775808
            size: 64Mi
            url: http://localhost:9090/a
            file: ../b.yml
            password: hunter2
            window: w1
            labels: {z: a, a: "5"}
            inner:
              - count: 3
            expr: up > 0
            free: {a: [1, 2.5, yes, true, ~]}
            for: 5m
            """);
    assertThat(all.name()).isEqualTo("1.10");
    assertThat(all.mode()).isEqualTo(Mode.POD);
    assertThat(all.growth())
        .isEqualTo(new Growth(List.of(Duration.ofMinutes(90)), Duration.ofSeconds(10)));
    assertThat(all.replicas()).isEqualTo(16);
    assertThat(all.share()).isEqualTo(0.001);
    assertThat(all.enabled()).isTrue();
    assertThat(all.limit()).isEqualTo(Long.MIN_VALUE);
    assertThat(all.size()).isEqualTo(new ByteSize(64 << 20));
    assertThat(all.url()).isEqualTo(URI.create("http://localhost:9090/a"));
    assertThat(all.file()).isEqualTo(Path.of("b.yml").toAbsolutePath());
    assertThat(String.valueOf(all.password())).isEqualTo("<secret>");
    assertThat(all.labels().keySet()).containsExactly("z", "a");
    assertThat(all.inner()).containsExactly(new Inner(3, new Place("conf/a.yml", 15, 5)));
    assertThat(all.expr()).isEqualTo(new Placed<>("up > 0", new Place("conf/a.yml", 16, 7)));
    assertThat(String.valueOf(all.free())).isEqualTo("{\"a\":[1,2.5,\"yes\",true,null]}");
    assertThat(all.forTime()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void takes_defaults_for_absent_and_for_empty_keys() throws Exception {
    All all = read("name: x\nmode:\ngrowth: ~\nlimit:\n");
    assertThat(all.mode()).isEqualTo(Mode.DRY_RUN);
    assertThat(all.growth().horizons()).hasSize(2);
    assertThat(all.limit()).isNull();
  }

  @Test
  void reports_all_problems_at_once_sorted_by_place() {
    assertThat(
            problems(
                """
                nmae: x
                mode: dryrun
                replicas: many
                growth:
                  horizons: [1h, soon]
                  warmup: 5m
                labels: [a]
                inner: [{count: 1}, {cuont: 2}]
                """))
        .containsExactly(
            "conf/a.yml:1:1: missing key name",
            "conf/a.yml:1:1: unknown key \"nmae\", did you mean name?",
            "conf/a.yml:2:7: found \"dryrun\", needs one of dry-run, auto, Pod: did you mean dry-run?",
            "conf/a.yml:3:11: found the text \"many\", needs a whole number",
            "conf/a.yml:5:18: found \"soon\", needs a duration such as 30s, 1h30m or 7d",
            "conf/a.yml:6:3: unknown key \"warmup\", did you mean warmUp?",
            "conf/a.yml:7:9: found a list, needs a mapping",
            "conf/a.yml:8:21: missing key count",
            "conf/a.yml:8:22: unknown key \"cuont\", did you mean count?");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "yes is a text | name: x\\nenabled: yes | 2:10: found the text \"yes\", needs true or false",
        "quoted number | name: x\\nreplicas: \"3\" | 2:11: found the text \"3\", needs a whole number without quotes",
        "int overflow | name: x\\nreplicas: 2147483648 | 2:11: found the number 2147483648, needs one between -2147483648 and 2147483647",
        "long overflow | name: x\\nlimit: 9223372036854775808 | 2:8: found the number 9223372036854775808, needs one between -9223372036854775808 and 9223372036854775807",
        "double overflow | name: x\\nshare: 1e999 | 2:8: found the number 1e999, needs a finite number",
        "not a number | name: x\\nshare: .nan | 2:8: found the number .nan, needs a finite number",
        "fraction for a whole number | name: x\\nreplicas: 1.5 | 2:11: found the number 1.5, needs a whole number",
        "duration without unit | name: x\\nfor: 30 | 2:6: found \"30\", needs a duration such as 30s, 1h30m or 7d",
        "mapping for a text | name: {a: b} | 1:7: found a mapping, needs a text",
        "text for a list | name: x\\ninner: y | 2:8: found the text \"y\", needs a list",
        "address without scheme | name: x\\nurl: localhost:9090 | 2:6: found \"localhost:9090\", needs an address such as http://localhost:9090",
        "constructor blames a key | name: x\\ngrowth: {warmUp: 1s, horizons: []} | 2:32: horizons: found none, needs at least one",
        "own type refuses | name: x\\nwindow: 5m | 2:9: found 5m, needs a w first",
        "required key is empty | name: | 1:6: the key name is empty, needs a value",
        "duplicate key | name: x\\nname: y | 2:1: duplicate key \"name\", first in line 1",
        "alias | name: &a x\\nurl: *a | 2:6: found the alias *a, needs the value written out",
        "merge key | name: x\\n<<: {replicas: 2} | 2:1: found the merge key <<, needs its keys written out",
        "second document | name: x\\n---\\nname: y | 2:1: a second document starts here, needs one document a file",
        "tag | name: !!binary aGk= | 1:7: found the tag \"tag:yaml.org,2002:binary\", needs a value without tag",
        "TAB | name: x\\ngrowth:\\n\\twarmUp: 1s | 3:1: found a TAB, needs spaces for indentation",
        "unclosed list | name: x\\ninner: [1, 2 | 2:13: syntax: while parsing a flow sequence, expected ',' or ']', but got <stream end>",
        "a list at the top | [a] | 1:1: found a list, needs a mapping with the keys name, mode, growth, replicas, share, enabled, limit, size, url, file, password, window, labels, inner, expr, free, for",
        "complex key | ? [a]\\n: b\\nname: x | 1:3: found a list as a key, needs a text",
        "control character | name: \\u0000x | 1:7: found the control character U+0000, needs plain text",
        "secret with two sources | name: x\\npassword: {file: a, env: B} | 2:11: needs either file or env",
      })
  void says_what_was_found_and_what_is_needed(String what, String yaml, String problem) {
    String text = yaml.replace("\\n", "\n").replace("\\t", "\t").replace("\\u0000", "\0");
    assertThat(problems(text)).as(what).containsExactly("conf/a.yml:" + problem);
  }

  @Test
  void names_the_whole_file_when_nothing_is_in_it() {
    for (String text : List.of("", "\n\n", "# only a comment\n", "---\n", "~")) {
      assertThat(problems(text)).containsExactly("conf/a.yml: is empty");
    }
  }

  record Timing(@Default("5m") Placed<Duration> group, @Default("[a]") List<Placed<String>> by) {}

  record Timed(@Default("{}") Timing timing) {}

  @Test
  void a_default_stands_where_it_could_have_been_said() throws Exception {
    Timing said = StrictYaml.read("a.yml", "\ntiming: {by: [b]}", Timed.class).timing();
    assertThat(said.group().place()).isEqualTo(new Place("a.yml", 2, 9));
    Timing unsaid = StrictYaml.read("a.yml", "{}", Timed.class).timing();
    assertThat(unsaid.by().get(0).place()).isEqualTo(new Place("a.yml", 1, 1));
    Place whole = Place.wholeFile("a.yml");
    assertThat(StrictYaml.defaults(whole, Timing.class).group().place()).isEqualTo(whole);
  }

  @Test
  void a_type_written_as_a_text_is_asked_for_as_a_text() {
    assertThat(problems("name: x\nwindow: [w]"))
        .containsExactly("conf/a.yml:2:9: found a list, needs a text");
  }

  record Item(String name, @Default("1") int weight) {}

  record Shelf(@Default("[]") List<Item> items, @Default("5m") Duration every, String owner) {}

  @Test
  void what_is_right_is_read_beside_what_is_wrong() {
    List<Problem> problems = new ArrayList<>();
    String text = "items: [{name: a}, {nam: b}, {name: c, weight: 2}]\nevery: x\nowner: o\nmore: 1";
    assertThat(StrictYaml.readWhatIsRight("a.yml", text, Shelf.class, problems))
        .contains(
            new Shelf(List.of(new Item("a", 1), new Item("c", 2)), Duration.ofMinutes(5), "o"));
    assertThat(problems)
        .extracting(Problem::toString)
        .anySatisfy(p -> assertThat(p).startsWith("a.yml:1:21: unknown key"))
        .anySatisfy(p -> assertThat(p).startsWith("a.yml:2:8: found"))
        .anySatisfy(p -> assertThat(p).startsWith("a.yml:4:1: unknown key"))
        .hasSizeBetween(3, 4);
    problems.clear();
    for (String broken : List.of("", "[a", "items: []", "owner: [x]", "a: \0")) {
      assertThat(StrictYaml.readWhatIsRight("a.yml", broken, Shelf.class, problems)).isEmpty();
    }
    assertThat(problems).hasSizeGreaterThanOrEqualTo(5);
    problems.clear();
    assertThat(StrictYaml.readWhatIsRight("a.yml", "owner: o", Shelf.class, problems)).isPresent();
    assertThat(problems).isEmpty();
  }

  record Pair(int low, int high) {
    Pair {
      new Refusals()
          .unless(low >= 0, "low: must be at least 0, found " + low)
          .unless(high <= 9, "high: must be at most 9, found " + high)
          .throwIfAny();
    }
  }

  record Pairs(List<Pair> pairs, Pair outer) {
    Pairs {
      Refusals refusals = new Refusals();
      for (Pair pair : pairs) {
        refusals.of("outer: ", () -> new Pair(pair.low() - outer.low(), pair.high()));
      }
      refusals.throwIfAny();
    }
  }

  @Test
  void a_record_that_refuses_several_values_tells_all_of_them_where_they_stand() {
    assertThatThrownBy(
            () ->
                StrictYaml.read(
                    "a.yml",
                    "pairs: [{low: -1, high: 10}, {low: 1, high: 11}]\nouter: {low: 1, high: 1}\n",
                    Pairs.class))
        .isInstanceOfSatisfying(
            ProblemsException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::toString)
                    .containsExactly(
                        "a.yml:1:15: low: must be at least 0, found -1",
                        "a.yml:1:25: high: must be at most 9, found 10",
                        "a.yml:1:45: high: must be at most 9, found 11"));
    assertThatThrownBy(
            () ->
                StrictYaml.read(
                    "a.yml", "pairs: [{low: 0, high: 1}]\nouter: {low: 1, high: 1}\n", Pairs.class))
        .hasMessage("a.yml:2:8: outer: low: must be at least 0, found -1");
  }
}
