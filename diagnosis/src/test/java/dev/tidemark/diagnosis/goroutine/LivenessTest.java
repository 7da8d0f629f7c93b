package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.finding.Verdict;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivenessTest {
  private static final int LONG = 5000;

  private static StackGroup group(int number) {
    Frame at = new Frame("main.step" + number, "/src/app/a.go", 7);
    return new StackGroup(1, "chan receive", false, null, at, null, List.of(at), List.of());
  }

  @Test
  void asks_each_tie_of_a_chain_once() {
    List<StackGroup> chain = IntStream.rangeClosed(0, LONG).mapToObj(LivenessTest::group).toList();
    IdentityHashMap<StackGroup, Ties> waiting = new IdentityHashMap<>();
    for (int i = 0; i < LONG; i++) {
      Ties ties = new Ties(chain.get(i));
      ties.ofAll(chain.subList(Math.max(i - 1, 0), i + 2));
      waiting.put(chain.get(i), ties);
    }
    StackGroup last = chain.get(LONG);
    List<String> asked = new ArrayList<>();
    Set<StackGroup> woken =
        Liveness.spread(
            waiting,
            last::equals,
            (other, group) -> asked.add(other.blockedAt() + " of " + group.blockedAt()),
            Ties::suffice);
    assertThat(woken).hasSize(LONG);
    assertThat(asked).hasSizeLessThan(2 * LONG).doesNotHaveDuplicates();
  }

  /** Each of a chain knows an object of the one before it and of the one behind it. */
  private static String chain(String state, String last) {
    StringBuilder dump = new StringBuilder(Stacks.REST);
    for (int i = 0; i < LONG; i++) {
      String objects = "(0xc%06x000, 0xc%06x000)".formatted(i, i + 1);
      String call = "app/p" + i + ".step" + objects;
      String by = "app/q" + i + ".start";
      dump.append(Stacks.goroutine(10 + i, i < LONG - 1 ? state : last, by, 1, call));
    }
    return dump.toString();
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "chan send, IO wait, NORMAL",
    "chan send, chan send, LEAK",
    "chan receive, IO wait, NORMAL",
    "sync.WaitGroup.Wait, chan send, LEAK"
  })
  void a_chain_lives_as_its_end_does(String state, String last, Verdict verdict) throws Exception {
    GoroutineReport report = GoroutineAnalysis.report("x", Dumps.read(chain(state, last)));
    assertThat(report.groups())
        .filteredOn(group -> state.equals(group.state()))
        .hasSizeGreaterThanOrEqualTo(LONG - 1)
        .allMatch(group -> group.verdict() == verdict);
  }
}
