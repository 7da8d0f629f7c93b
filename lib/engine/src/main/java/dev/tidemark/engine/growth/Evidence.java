package dev.tidemark.engine.growth;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What the gates say about one window of points.
 *
 * @param perSecond Theil–Sen slope, of a window without a trend {@link TheilSen#roughSlope}; NaN
 *     with too few points
 * @param spanSeconds from the first point to the last
 * @param pValue of Mann–Kendall; NaN with too few points
 * @param tail whether the last quarter still rises
 * @param confirmBlocks after how many such blocks in a row it is a leak; 0 while it has not come
 *     far enough
 * @param reason the gates missed, or what was found
 */
record Evidence(
    Weight weight,
    double perSecond,
    double spanSeconds,
    double pValue,
    boolean tail,
    int confirmBlocks,
    String reason) {

  Evidence {
    reason = Reasons.same(reason);
  }

  /** How many gates agree, from none to all; the order counts. */
  enum Weight {
    /** It does not rise, or not by what matters. */
    FLAT,
    /**
     * It rises, but two or more of tail, usual level, days before and reach speak against a leak.
     */
    RISING,
    /** One of them does. */
    NEAR,
    /**
     * All agree, but its points hang together so much that it may be chance; not far come either.
     */
    WANDERING,
    /** All gates agree. */
    FULL
  }

  static Evidence none(String reason) {
    return new Evidence(Weight.FLAT, Double.NaN, 0, Double.NaN, false, 0, reason);
  }

  /** A window without a trend: most are, so it costs no more than to see that. */
  static Evidence still(Shape shape, String reason) {
    double p = shape.trend().pValue();
    return new Evidence(
        Weight.FLAT, shape.roughPerSecond(), shape.spanSeconds(), p, false, 0, reason);
  }

  static Evidence of(Weight weight, Shape shape, boolean tail, int confirmBlocks, String reason) {
    return new Evidence(
        weight,
        shape.perSecond(),
        shape.spanSeconds(),
        shape.trend().pValue(),
        tail,
        confirmBlocks,
        reason);
  }

  boolean rising() {
    return weight != Weight.FLAT;
  }

  /** As it is told of a leak that is confirmed already, where something speaks against one. */
  Evidence afterConfirmation() {
    return rising() && confirmBlocks == 0
        ? new Evidence(
            weight,
            perSecond,
            spanSeconds,
            pValue,
            tail,
            confirmBlocks,
            reason + "; confirmed before, a leak until it stops rising")
        : this;
  }

  void encode(DataOutput out) throws IOException {
    out.writeUTF(weight.name());
    out.writeDouble(perSecond);
    out.writeDouble(spanSeconds);
    out.writeDouble(pValue);
    out.writeBoolean(tail);
    out.writeByte(confirmBlocks);
    out.writeUTF(reason);
  }

  static Evidence decode(DataInput in) throws IOException {
    String name = in.readUTF();
    try {
      return new Evidence(
          Weight.valueOf(name),
          in.readDouble(),
          in.readDouble(),
          in.readDouble(),
          in.readBoolean(),
          in.readByte(),
          in.readUTF());
    } catch (IllegalArgumentException e) {
      throw new IOException("damaged growth: weight \"" + name + "\"", e);
    }
  }
}
