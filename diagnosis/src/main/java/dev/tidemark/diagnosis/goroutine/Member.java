package dev.tidemark.diagnosis.goroutine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One goroutine of a group, as far as its dump tells.
 *
 * @param id 0 when not told
 * @param parent of the goroutine that started it (Go 1.21 and newer), 0 when not told
 * @param orphan whether that one is gone; null when the dump does not tell
 * @param apart whether one that is gone was started between it and the one of its group before it
 * @param pointers into the heap that its functions were called with, innermost first; the same
 *     pointer in two goroutines is an object that both know
 * @param untold whether a call does not tell its arguments: inlined, or no longer known
 */
public record Member(
    long id,
    long parent,
    @Nullable Boolean orphan,
    boolean apart,
    List<Long> pointers,
    boolean untold) {
  static final Member UNKNOWN = new Member(0, 0, null, false, List.of(), true);

  public Member {
    pointers = List.copyOf(pointers);
  }
}
