package dev.tidemark.rules.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class YamlTextTest {
  private static final long SEED = 20261121;

  @Test
  void writes_blocks_with_every_text_quoted() {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("alert", "no");
    inner.put("on", "it's");
    inner.put("rows", List.of("1", List.of(), Map.of()));
    inner.put("limit", 5L);
    inner.put("flag", true);
    inner.put("lines", "a\nb\"\\");
    assertThat(YamlText.of("comment", Map.of("groups", List.of(inner))))
        .isEqualTo(
            """
            # comment
            groups:
              - alert: 'no'
                'on': 'it''s'
                rows:
                  - '1'
                  - []
                  - {}
                limit: 5
                flag: true
                lines: "a\\nb\\"\\\\"
            """);
  }

  @Test
  void random_texts_are_read_back_as_they_were() throws Exception {
    Random random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      List<String> texts = new ArrayList<>();
      Map<String, Object> map = new LinkedHashMap<>();
      for (int i = 0; i < 5; i++) {
        texts.add(text(random));
        map.put(text(random), text(random));
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("list", texts);
      document.put("map", map);
      Object back = new YAMLMapper().readValue(YamlText.of("c", document), Object.class);
      assertThat(back).as("seed %d round %d", SEED, round).isEqualTo(document);
    }
  }

  @Test
  void half_a_character_becomes_the_replacement_character() {
    assertThat(YamlText.quoted("a\uD83D")).isEqualTo("\"a\\uFFFD\"");
  }

  @Test
  void what_has_no_form_is_refused() {
    assertThatThrownBy(() -> YamlText.of("c", Map.of("a", 1.5)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      int c = random.nextBoolean() ? random.nextInt(0x7F) : random.nextInt(0x1FFFF);
      text.appendCodePoint(Character.getType(c) == Character.SURROGATE ? '-' : c);
    }
    return text.toString();
  }
}
