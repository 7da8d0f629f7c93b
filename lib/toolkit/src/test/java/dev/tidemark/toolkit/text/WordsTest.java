package dev.tidemark.toolkit.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordsTest {
  private final Words words = new Words();

  @Test
  void equal_texts_become_one() {
    String first = new String("namespace");
    assertThat(words.same(first)).isSameAs(first);
    assertThat(words.same(new String("namespace"))).isSameAs(first);
  }

  @Test
  void texts_that_take_one_anothers_place_stay_what_they_are() {
    Set<String> held = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 30_000; i++) {
      String pod = "pod-" + i;
      assertThat(words.same(pod)).isEqualTo("pod-" + i);
      held.add(words.same(new String("team-" + i % 20)));
    }
    assertThat(held).as("as many as were pushed out, of 30,000").hasSizeLessThan(3_000);
  }
}
