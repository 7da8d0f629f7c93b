package dev.tidemark.webhook.journal;

import static dev.tidemark.webhook.journal.Sent.at;
import static dev.tidemark.webhook.journal.Sent.firing;
import static dev.tidemark.webhook.journal.Sent.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.webhook.alert.Alert;
import dev.tidemark.webhook.journal.EpisodeRules.Act;
import dev.tidemark.webhook.journal.EpisodeRules.Known;
import dev.tidemark.webhook.journal.EpisodeRules.Life;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class EpisodeRulesTest {
  private static final Life LIFE = new Life("f-1", at(100), at(100), false);
  private static final Life LATE = new Life("f-1", at(100), at(100), true);
  private static final Life LONG = new Life("f-1", at(100), at(300), false);

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void each_order_of_arrival_has_its_answer(
      String description, Known known, Alert alert, Act act, boolean late) {
    EpisodeRules.Change change = EpisodeRules.of(known, alert, at(1000));
    assertThat(change.act()).isEqualTo(act);
    assertThat(change.late()).isEqualTo(late);
  }

  static Stream<Arguments> each_order_of_arrival_has_its_answer() {
    Known open = new Known(LIFE, null, null);
    Known openAfterEarlier = new Known(LIFE, null, at(90));
    Known openLate = new Known(LATE, null, at(200));
    Known resolvedAt200 = new Known(null, LIFE, at(200));
    Known expired = new Known(null, LIFE, null);
    return Stream.of(
        Arguments.of("first firing", Known.NOTHING, firing("f", 100), Act.OPEN, false),
        Arguments.of("the same again", open, firing("f", 100), Act.CONTINUE, false),
        Arguments.of("a peer's start", open, firing("f", 99), Act.CONTINUE, false),
        Arguments.of("later start while open", open, firing("f", 300), Act.CONTINUE, false),
        Arguments.of(
            "earlier life, late", openAfterEarlier, firing("f", 50), Act.LATE_FIRING, false),
        Arguments.of("late one again", openLate, firing("f", 100), Act.CONTINUE, true),
        Arguments.of("resolve", open, resolved("f", 100, 200), Act.CLOSE, false),
        Arguments.of("resolve at its start", open, resolved("f", 100, 100), Act.CLOSE, false),
        Arguments.of("old resolve", open, resolved("f", 10, 50), Act.LATE_RESOLVE, false),
        Arguments.of(
            "resolve between two starts",
            new Known(LONG, null, null),
            resolved("f", 100, 200),
            Act.LATE_RESOLVE,
            false),
        Arguments.of("resolve of a late one", openLate, resolved("f", 100, 200), Act.CLOSE, true),
        Arguments.of("resolve of nothing", Known.NOTHING, resolved("f", 1, 2), Act.NOTHING, false),
        Arguments.of("resolve again", resolvedAt200, resolved("f", 100, 200), Act.NOTHING, false),
        Arguments.of("stale firing", resolvedAt200, firing("f", 100), Act.REOPEN, true),
        Arguments.of("next life", resolvedAt200, firing("f", 201), Act.OPEN, false),
        Arguments.of("next life at once", resolvedAt200, firing("f", 200), Act.OPEN, false),
        Arguments.of(
            "firing after its resolve",
            new Known(null, null, at(200)),
            firing("f", 100),
            Act.OPEN,
            true),
        Arguments.of("heard of after expiry", expired, firing("f", 100), Act.REOPEN, false),
        Arguments.of("next life after expiry", expired, firing("f", 500), Act.OPEN, false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void ends_never_lie_far_ahead_nor_go_back(
      String description, Known known, Alert alert, double endedAt) {
    assertThat(EpisodeRules.of(known, alert, at(1000)).endedAt()).isEqualTo(at(endedAt));
  }

  static Stream<Arguments> ends_never_lie_far_ahead_nor_go_back() {
    Known open = new Known(LIFE, null, null);
    return Stream.of(
        Arguments.of("as told", open, resolved("f", 100, 200), 200),
        Arguments.of("a clock a little ahead", open, resolved("f", 100, 1030), 1030),
        Arguments.of("a clock of another year", open, resolved("f", 100, 9e8), 1000),
        Arguments.of("an older one", new Known(null, LIFE, at(500)), resolved("f", 100, 200), 500));
  }
}
