package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A proxy carries bytes between two connections in two goroutines, one each way. When one of them
 * has ended and the connections were not closed, the other waits for ever for a side that has
 * nothing more to say. Who carries bytes from socket to socket is told by the splice that Go does
 * there (on Linux), and both sockets by the arguments.
 */
final class HalfTunnelRule implements Rule {
  private static final String CARRIES = "internal/poll.spliceDrain";

  @Override
  public String id() {
    return "goroutine-half-tunnel";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    if (group.oldest() < 1) {
      return Optional.empty();
    }
    if (isHalf(group, scene)) {
      return Optional.of(
          Finding.suspect(
              id(),
              Count.of(group)
                  + " carrying bytes from one connection to another"
                  + Count.oldest(group)
                  + ": nobody carries them back, and the connections are open"));
    }
    List<StackGroup> started = scene.wakers().startedBy(group);
    return Waits.of(group).needsSomebody()
            && !started.isEmpty()
            && started.stream().allMatch(half -> isHalf(half, scene))
        ? Optional.of(
            Finding.suspect(
                id(),
                Count.of(group)
                    + " blocked on one "
                    + Waits.of(group).words()
                    + Count.oldest(group)
                    + ", until a connection ends whose other direction has ended"))
        : Optional.empty();
  }

  /** Of a group of which not each is told nothing is. */
  private static boolean isHalf(StackGroup group, Scene scene) {
    return group.calls(CARRIES)
        && group.members().size() == group.count()
        && group.members().stream().noneMatch(member -> hasCompany(member, group, scene));
  }

  /** Whether another goroutine is at one of the connections. */
  private static boolean hasCompany(Member carrier, StackGroup group, Scene scene) {
    Set<Long> known = new HashSet<>(carrier.pointers());
    return known.isEmpty()
        || Stream.concat(Stream.of(group), scene.wakers().related(group).stream())
            .filter(other -> other.stack().stream().anyMatch(HalfTunnelRule::isOfNetwork))
            .flatMap(other -> other.members().stream())
            .filter(member -> member.id() != carrier.id())
            .anyMatch(member -> member.pointers().stream().anyMatch(known::contains));
  }

  private static boolean isOfNetwork(Frame frame) {
    return frame.function().startsWith("net.") || frame.function().startsWith("internal/poll.");
  }
}
