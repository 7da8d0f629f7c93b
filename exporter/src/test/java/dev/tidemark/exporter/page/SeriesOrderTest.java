package dev.tidemark.exporter.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.engine.LeakState;
import dev.tidemark.exporter.fleet.SeriesView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesOrderTest {
  private static List<SeriesView> many(long seed) {
    Random random = new Random(seed);
    List<SeriesView> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double score = random.nextInt(5) == 0 ? Double.NaN : random.nextInt(4) / 2.0 - 0.5;
      LeakState state = random.nextBoolean() ? LeakState.CONFIRMED : LeakState.NONE;
      long age = random.nextInt(4) == 0 ? 1200 : 40;
      String instance = "h%02d:1".formatted(i);
      many.add(PageTest.view("goroutines", instance, score, state, PageTest.NOW.minusSeconds(age)));
    }
    return many;
  }

  private static List<String> ids(List<SeriesView> series, String url) {
    List<String> ids = new ArrayList<>();
    SeriesJson.of(PageTest.condition(series), SeriesQuery.parse(PageTest.parameters(url)))
        .get("series")
        .forEach(each -> ids.add(each.get("id").asText()));
    return ids;
  }

  @ParameterizedTest
  @EnumSource(SeriesOrder.class)
  void pages_are_the_whole_in_its_order_even_where_many_are_equal(SeriesOrder order) {
    for (long seed = 1; seed <= 5; seed++) {
      List<SeriesView> many = many(seed);
      List<String> whole = ids(many, "?limit=1000&sort=" + order.word());
      List<String> paged = new ArrayList<>();
      String next = "?limit=7&sort=" + order.word();
      while (next != null) {
        var query = SeriesQuery.parse(PageTest.parameters(next));
        var page = SeriesJson.of(PageTest.condition(many), query);
        page.get("series").forEach(each -> paged.add(each.get("id").asText()));
        next = page.get("next").textValue();
      }
      assertThat(paged).as("seed %d", seed).hasSize(40).isEqualTo(whole);
    }
  }

  @Test
  void who_goes_between_two_pages_hides_nobody() {
    List<SeriesView> many = many(1);
    List<String> whole = ids(many, "?limit=1000&sort=score");
    var first =
        SeriesJson.of(
            PageTest.condition(many),
            SeriesQuery.parse(PageTest.parameters("?limit=9&sort=score")));
    many.removeIf(view -> SeriesId.of(view).toString().equals(whole.get(8)));
    assertThat(ids(many, first.get("next").asText())).isEqualTo(whole.subList(9, 18));
  }

  @Test
  void the_worst_come_first_and_what_is_not_known_last() {
    List<SeriesView> few = PageTest.few();
    assertThat(ids(few, "?sort=score").get(0)).startsWith("goroutines{instance=\"a:1\"");
    assertThat(ids(few, "?sort=score").get(2)).as("stale").contains("b:1");
    assertThat(ids(few, "?sort=time_to_limit").get(0)).startsWith("goroutines{instance=\"a:1\"");
    assertThat(ids(few, "?sort=growth").get(0)).startsWith("goroutines{instance=\"a:1\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"goroutines{a}", "x|goroutines{a}", "NaN|goroutines{a}", "|", "1"})
  void refuses_a_place_that_is_none_of_this_order(String after) {
    assertThatThrownBy(
            () -> SeriesQuery.parse(Map.of("sort", List.of("score"), "after", List.of(after))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("after must be as \"next\"");
  }
}
