package dev.tidemark.diagnosis.goroutine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tidemark.diagnosis.finding.Finding;
import dev.tidemark.diagnosis.finding.Verdict;
import dev.tidemark.diagnosis.source.SourceView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dump says, in the shape of docs/diagnosis.md; largest group first.
 *
 * @param goroutines in the dump
 * @param truncated whether the dump, or what we read of it, ends before its end
 */
@JsonPropertyOrder({"file", "goroutines", "truncated", "groups"})
public record GoroutineReport(String file, long goroutines, boolean truncated, List<Group> groups) {
  /**
   * A group with its verdict.
   *
   * @param finding id of the rule that decided, the name of its page under docs/findings
   * @param baseline how many each of the baseline dumps holds, oldest first
   * @param source what the source says of the place, where it was looked at
   */
  @JsonPropertyOrder({
    "count",
    "state",
    "waitMinutes",
    "blockedAt",
    "createdBy",
    "verdict",
    "finding",
    "reason",
    "baseline",
    "source"
  })
  public record Group(
      long count,
      @Nullable String state,
      @Nullable WaitMinutes waitMinutes,
      @Nullable Frame blockedAt,
      @Nullable Frame createdBy,
      Verdict verdict,
      String finding,
      String reason,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Long> baseline,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SourceView source) {
    public Group {
      baseline = List.copyOf(baseline);
    }

    Group seen(Finding found, SourceView view) {
      return new Group(
          count,
          state,
          waitMinutes,
          blockedAt,
          createdBy,
          found.verdict(),
          found.id(),
          found.reason(),
          baseline,
          view);
    }
  }

  public GoroutineReport {
    groups = List.copyOf(groups);
  }

  /** The worst verdict of all groups; normal when there are none. */
  public Verdict worst() {
    return groups.stream().map(Group::verdict).max(Verdict::compareTo).orElse(Verdict.NORMAL);
  }
}
