package dev.tidemark.diagnosis.goroutine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.source.SourceFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a line tells of a goroutine, and what it does not. */
class SourceRulesTest {
  private static final String RECEIVE = "goroutine-blocked-receive";
  private static final String LOST = "goroutine-context-lost";
  private static final int TICKER = 4;
  private static final int STOPPED = 8;
  private static final int SELECT = 16;

  @TempDir Path root;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(
        root.resolve("a.go"),
        """
        package main

        func loop() {
        	for range ticks.C {
        	}
        }
        func (p *progress) report() {
        	for range p.t.C {
        	}
        }
        func upload() {
        	p.t.Stop()
        }
        func watch() {
        	for {
        		select {
        		case <-in:
        		case <-time.After(time.Second):
        		}
        	}
        }
        """);
  }

  private GoroutineReport.Group look(int line, long count, Verdict verdict, String finding)
      throws Exception {
    Frame at = new Frame("main.f", "/src/a.go", line);
    GoroutineReport.Group group =
        new GoroutineReport.Group(
            count, "select", null, at, null, verdict, finding, "why", List.of(), null);
    return SourceRules.look(
            new GoroutineReport("x", count, false, List.of(group)), SourceFolder.of(root))
        .groups()
        .get(0);
  }

  @Test
  void a_few_loops_that_wait_for_the_clock_are_normal() throws Exception {
    assertThat(look(TICKER, 1, Verdict.SUSPECT, RECEIVE))
        .returns(Verdict.NORMAL, GoroutineReport.Group::verdict)
        .returns("goroutine-normal", GoroutineReport.Group::finding);
  }

  @Test
  void what_the_dump_proves_the_source_does_not_undo() throws Exception {
    assertThat(look(TICKER, 1, Verdict.LEAK, RECEIVE).verdict()).isEqualTo(Verdict.LEAK);
    assertThat(look(SELECT, 1, Verdict.LEAK, LOST).verdict()).isEqualTo(Verdict.LEAK);
  }

  @Test
  void a_ticker_that_another_function_stops_wakes_nobody() throws Exception {
    assertThat(look(STOPPED, 1, Verdict.SUSPECT, RECEIVE))
        .returns(Verdict.SUSPECT, GoroutineReport.Group::verdict)
        .returns(
            "why; its ticker is stopped at a.go:12, which ends no wait for it",
            GoroutineReport.Group::reason);
  }

  @Test
  void the_clock_does_not_end_many_that_were_left_behind() throws Exception {
    assertThat(look(TICKER, 10, Verdict.SUSPECT, LOST))
        .returns(Verdict.SUSPECT, GoroutineReport.Group::verdict)
        .returns(LOST, GoroutineReport.Group::finding);
  }

  @Test
  void a_timer_of_each_turn_is_told_of_few_and_of_many() throws Exception {
    assertThat(look(SELECT, 1, Verdict.SUSPECT, LOST))
        .returns(Verdict.SUSPECT, GoroutineReport.Group::verdict)
        .returns(SourceRules.TIME_AFTER, GoroutineReport.Group::finding);
    assertThat(look(SELECT, 10, Verdict.SUSPECT, LOST))
        .returns(LOST, GoroutineReport.Group::finding)
        .satisfies(group -> assertThat(group.reason()).contains("time.After"));
  }
}
