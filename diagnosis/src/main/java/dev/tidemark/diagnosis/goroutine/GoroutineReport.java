package dev.tidemark.diagnosis.goroutine;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tidemark.diagnosis.finding.Verdict;
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
   */
  @JsonPropertyOrder({
    "count",
    "state",
    "waitMinutes",
    "blockedAt",
    "createdBy",
    "verdict",
    "finding",
    "reason"
  })
  public record Group(
      long count,
      @Nullable String state,
      @Nullable WaitMinutes waitMinutes,
      @Nullable Frame blockedAt,
      @Nullable Frame createdBy,
      Verdict verdict,
      String finding,
      String reason) {}

  public GoroutineReport {
    groups = List.copyOf(groups);
  }

  /** The worst verdict of all groups; normal when there are none. */
  public Verdict worst() {
    return groups.stream().map(Group::verdict).max(Verdict::compareTo).orElse(Verdict.NORMAL);
  }
}
