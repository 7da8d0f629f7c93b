package dev.tidemark.diagnosis.pprof;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place in the code. Where calls were inlined it holds several lines, the innermost first; none
 * when nobody has resolved the address. The same object stands for the same place in all samples of
 * a profile, so equality is identity: compare what it holds, not places of two profiles.
 */
public final class Location {
  private final @Nullable Mapping mapping;
  private final long address;
  private final List<Line> lines;
  private final boolean folded;

  public Location(@Nullable Mapping mapping, long address, List<Line> lines, boolean folded) {
    this.mapping = mapping;
    this.address = address;
    this.lines = List.copyOf(lines);
    this.folded = folded;
  }

  public @Nullable Mapping mapping() {
    return mapping;
  }

  /** Unsigned; 0 when not known. */
  public long address() {
    return address;
  }

  public List<Line> lines() {
    return lines;
  }

  /** Whether several places were folded into this one, so that its lines may be of any of them. */
  public boolean folded() {
    return folded;
  }
}
