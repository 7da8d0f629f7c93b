package dev.tidemark.promql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.print.Promtool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTripTest {
  private static final int ROUNDS = 20_000;

  /** The same each time; {@code -Dseed=…} tries others. */
  static final long SEED = Long.getLong("seed", 20261121);

  /** Characters that turn one expression into another, or into none. */
  private static final String NOISE = "(){}[]:,@+-*/^%=!<>~\"'`\\#. 059amsehIN_\n";

  @Test
  void what_is_printed_parses_to_the_same_tree() throws ParseException {
    long seed = SEED;
    RandomExprs exprs = new RandomExprs(new Random(seed));
    for (int i = 0; i < ROUNDS; i++) {
      Expr expr = exprs.any(i % 6);
      String text = expr.toString();
      Expr again;
      try {
        again = PromQlParser.parse(text);
      } catch (ParseException e) {
        throw new AssertionError("seed " + seed + ": " + text, e);
      }
      assertThat(again).as("seed %d: %s", seed, text).isEqualTo(expr);
      assertThat(again.toString()).as("seed %d", seed).isEqualTo(text);
    }
  }

  @Test
  void damaged_text_is_parsed_or_refused_with_a_place_and_never_fails_otherwise() {
    long seed = SEED;
    Random random = new Random(seed);
    RandomExprs exprs = new RandomExprs(random);
    for (int i = 0; i < ROUNDS; i++) {
      String text = damaged(exprs.any(i % 5).toString(), random);
      try {
        Expr expr = PromQlParser.parse(text);
        assertThat(PromQlParser.parse(expr.toString()))
            .as("seed %d: %s", seed, text)
            .isEqualTo(expr);
      } catch (ParseException e) {
        assertThat(e.offset()).as("seed %d: %s", seed, text).isBetween(0, text.length());
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ": " + text, e);
      }
    }
  }

  @Test
  void prometheus_takes_what_is_printed(@TempDir Path folder) throws Exception {
    Optional<Path> promtool = Promtool.find();
    assumeTrue(promtool.isPresent());
    long seed = SEED;
    RandomExprs exprs = new RandomExprs(new Random(seed));
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      texts.add(exprs.any(i % 5).toString());
    }
    Set<Integer> refused = Promtool.refused(promtool.get(), folder, texts);
    assertThat(refused.stream().map(texts::get)).as("seed %d", seed).isEmpty();
  }

  @Test
  void what_prometheus_takes_is_taken(@TempDir Path folder) throws Exception {
    Optional<Path> promtool = Promtool.find();
    assumeTrue(promtool.isPresent());
    long seed = SEED;
    Random random = new Random(seed);
    RandomExprs exprs = new RandomExprs(random);
    List<String> refusedByUs = new ArrayList<>();
    while (refusedByUs.size() < 2_000) {
      String text = damaged(exprs.any(random.nextInt(4)).toString(), random);
      try {
        PromQlParser.parse(text);
      } catch (ParseException e) {
        // an empty text promtool tells in another way, and strings that are not UTF-8 it takes
        if (!e.reason().contains("is empty") && !e.reason().contains("not UTF-8")) {
          refusedByUs.add(text);
        }
      }
    }
    Set<Integer> alsoByIt = Promtool.refused(promtool.get(), folder, refusedByUs);
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < refusedByUs.size(); i++) {
      if (!alsoByIt.contains(i)) {
        wrong.add(refusedByUs.get(i));
      }
    }
    assertThat(wrong).as("seed %d", seed).isEmpty();
  }

  private static String damaged(String text, Random random) {
    StringBuilder all = new StringBuilder(text);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(all.length() + 1);
      if (random.nextBoolean() && at < all.length()) {
        all.deleteCharAt(at);
      } else {
        all.insert(at, NOISE.charAt(random.nextInt(NOISE.length())));
      }
    }
    return all.toString();
  }
}
