package dev.tidemark.diagnosis.goroutine;

import java.util.Collection;
import java.util.stream.LongStream;

/**
 * Names a channel operation by where its entry in the runtime was left, on amd64: chansend1 hands
 * on one argument more than chanrecv1 and chanrecv2, so its call returns five bytes later, and
 * functions begin at multiples of 32. Go 1.19 has six bytes more before both than Go 1.24, 1.26 and
 * 1.27; measured on these. Another architecture, or a build where the bytes are others, tells
 * nothing.
 */
final class Entries {
  private static final int ALIGNED = 32;

  /** Of a nil channel the goroutine parks at once: 0x219 bytes in or less, else 0x3ae or more. */
  private static final long AT_ONCE = 0x2c0;

  private final boolean known;

  private Entries(boolean known) {
    this.known = known;
  }

  /** Of addresses within the instructions that are returned to, one less than where. */
  static Entries ofReturns(LongStream addresses) {
    return new Entries(addresses.anyMatch(address -> (address + 1) % 4 != 0));
  }

  /** Where instructions have four bytes each no return address is odd: not amd64. */
  static Entries of(Collection<CountedStack> stacks) {
    return new Entries(
        stacks.stream().flatMap(s -> s.addresses().stream()).anyMatch(address -> address % 4 != 0));
  }

  /**
   * Whether a place where goroutines park may be within {@code runtime.block}, which {@code select
   * {}} calls. It is so short that the place is one of two in Go 1.19, 1.24, 1.26 and 1.27; another
   * release's selectgo may park at such a place by chance.
   */
  boolean isEmptySelect(long place) {
    int within = (int) (place % ALIGNED);
    return known && (within == 0x06 || within == 0x0c);
  }

  /**
   * Whether a place where goroutines park is that of a nil channel, where the functions are named
   * and only their addresses are to be compared.
   */
  boolean isNil(long place, long entry) {
    return known && place > entry && place - entry < AT_ONCE;
  }

  /**
   * The state of who parked at a place that was called from an entry; {@link InferredStates#EITHER}
   * when not told.
   */
  String state(long place, long entry) {
    boolean near = place > entry && place - entry < 0x1000;
    String kind =
        !known || !near
            ? ""
            : switch ((int) (entry % ALIGNED)) {
              case 0x17, 0x1d -> "chan send";
              case 0x12, 0x18 -> "chan receive";
              default -> "";
            };
    if (kind.isEmpty()) {
      return InferredStates.EITHER;
    }
    return place - entry < AT_ONCE ? kind + " (nil chan)" : kind;
  }
}
