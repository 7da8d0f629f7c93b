package dev.tidemark.webhook.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.webhook.access.Caller;
import dev.tidemark.webhook.access.Role;
import dev.tidemark.webhook.journal.EpisodeStatus;
import dev.tidemark.webhook.journal.JournalCounts;
import dev.tidemark.webhook.journal.Outcome;
import dev.tidemark.webhook.journal.Pause;
import dev.tidemark.webhook.journal.Slice;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewsTest {
  private static final Frame PLAIN =
      new Frame(new Pause(false, Samples.START, "", ""), new Caller("ann", Set.of()));
  private static final Frame CHIEF =
      new Frame(
          new Pause(true, Samples.START, "ann", "deploy"),
          new Caller("ann", Set.of(Role.APPROVER, Role.OPERATOR)));

  /** One element a line, so that a difference is readable. */
  private static String lines(String page) {
    return page.replace("><", ">\n<");
  }

  private static String list(Frame frame, EpisodeQuery query, @Nullable String next) {
    var episodes =
        List.of(
            Samples.episode(EpisodeStatus.FIRING, Samples.labels(), Map.of(), null),
            Samples.episode(EpisodeStatus.RESOLVED, Samples.labels(), Map.of(), Outcome.CURED),
            Samples.episode(EpisodeStatus.EXPIRED, Map.of("job", "a"), Map.of(), Outcome.FAILED));
    return new EpisodeListView(
            new Slice<>(episodes, next), query, new JournalCounts(7, 1, 2, 3), Samples.at(3_700))
        .render(frame);
  }

  @Test
  void the_list_is_as_recorded() throws IOException {
    Golden.check("list.html", lines(list(PLAIN, new EpisodeQuery(null, 100, null), "a+b/c=")));
  }

  @Test
  void the_empty_list_of_a_paused_server_is_as_recorded() throws IOException {
    EpisodeQuery firing = new EpisodeQuery(EpisodeStatus.FIRING, 50, null);
    String page =
        new EpisodeListView(
                new Slice<>(List.of(), null), firing, new JournalCounts(0, 0, 0, 0), Samples.START)
            .render(CHIEF);
    Golden.check("empty.html", lines(page));
  }

  @Test
  void an_episode_is_as_recorded() throws IOException {
    Golden.check(
        "episode.html", lines(new EpisodeView(Samples.cured(), Samples.at(950)).render(PLAIN)));
  }

  @Test
  void a_plan_that_waits_is_as_recorded() throws IOException {
    Golden.check(
        "waiting.html", lines(new EpisodeView(Samples.waiting(), Samples.at(950)).render(CHIEF)));
  }

  @Test
  void who_may_not_approve_sees_no_form() {
    String page = new EpisodeView(Samples.waiting(), Samples.at(950)).render(PLAIN);
    assertThat(page).contains("waits for approval").doesNotContain("<form");
  }

  @Test
  void hostile_text_stays_text_everywhere() {
    Frame frame =
        new Frame(
            new Pause(true, Samples.START, Samples.HOSTILE, Samples.HOSTILE),
            new Caller(Samples.HOSTILE, Set.of(Role.APPROVER, Role.OPERATOR)));
    var dossier = Samples.hostile();
    var query = new EpisodeQuery(null, 100, Samples.HOSTILE);
    for (String page :
        List.of(
            new EpisodeView(dossier, Samples.at(9)).render(frame),
            new EpisodeListView(
                    new Slice<>(List.of(dossier.episode()), Samples.HOSTILE),
                    query,
                    new JournalCounts(1, 1, 1, 1),
                    Samples.at(9))
                .render(frame),
            ErrorView.render(Samples.HOSTILE))) {
      assertThat(page)
          .doesNotContain("<script", "<img", "\u202E", "\0", "href=\"javascript", "\"onmouse")
          .contains("&lt;script&gt;", "\\u{202e}", "\\u{0}");
      assertThat(page.length()).as("long values are cut").isLessThan(60_000);
    }
  }

  @Test
  void attributes_cannot_be_left_and_links_cannot_lead_elsewhere() {
    assertThat(Tag.tag("p").attr("title", "\"><b>").render())
        .isEqualTo("<p title=\"&quot;&gt;&lt;b&gt;\"></p>");
    assertThat(Tag.outside("javascript:alert(1)", "x").render()).isEqualTo("x");
    assertThatThrownBy(() -> Tag.tag("a").attr("href", "x")).hasMessageContaining("href");
    assertThatThrownBy(() -> Tag.tag("a").attr("onclick", "x")).hasMessageContaining("onclick");
    assertThatThrownBy(() -> Tag.tag("a b")).hasMessageContaining("a b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "//evil.example", "https://evil.example", "/\\evil.example"})
  void a_path_is_of_this_server_only(String path) {
    assertThatThrownBy(() -> Tag.link(path, "x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void amounts_read_well() {
    assertThat(Amounts.bytes(1_023)).isEqualTo("1023 B");
    assertThat(Amounts.bytes(1_572_864)).isEqualTo("1.5 MiB");
    assertThat(Amounts.bytes(Long.MAX_VALUE)).endsWith("TiB");
    assertThat(Amounts.duration(Duration.ofSeconds(-5))).isEqualTo("0s");
    assertThat(Amounts.duration(Duration.ofSeconds(59))).isEqualTo("59s");
    assertThat(Amounts.duration(Duration.ofSeconds(3_599))).isEqualTo("59m 59s");
    assertThat(Amounts.duration(Duration.ofHours(49))).isEqualTo("2d 1h");
  }
}
