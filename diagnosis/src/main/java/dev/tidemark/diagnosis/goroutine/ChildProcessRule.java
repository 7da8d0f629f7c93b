package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A command that has ended and whose output is still open: a process that it left behind has
 * inherited the pipe, and Wait waits for that one to end, whatever the context. While the command
 * itself runs, Wait is in a call of the system.
 */
final class ChildProcessRule implements Rule {
  private static final String WAIT = "os/exec.(*Cmd).Wait";
  private static final String START = "os/exec.(*Cmd).Start";
  private static final String REMEDY =
      ", of a command that has ended and left a process that keeps its output open (os/exec: set"
          + " Cmd.WaitDelay, or end its process group)";

  @Override
  public String id() {
    return "goroutine-child-process";
  }

  @Override
  public Optional<Finding> judge(StackGroup group, Scene scene) {
    boolean waits = isLeftWaiting(group);
    if (!waits && !(isReader(group) && belongsToOne(group, scene))) {
      return Optional.empty();
    }
    String reason =
        Count.of(group) + (waits ? " in Wait" : " reading output") + Count.oldest(group) + REMEDY;
    return Optional.of(
        group.oldest() >= 1 ? Finding.leak(id(), reason) : Finding.suspect(id(), reason));
  }

  private static boolean isLeftWaiting(StackGroup group) {
    Waits waits = Waits.of(group);
    return group.calls(WAIT) && (waits == Waits.RECEIVE || waits == Waits.EITHER);
  }

  private static boolean isReader(StackGroup group) {
    Frame by = group.createdBy();
    boolean started =
        by == null
            ? group.stack().stream().anyMatch(frame -> frame.function().startsWith(START + ".func"))
            : by.function().equals(START);
    return started && (group.isState("IO wait") || group.state() == null);
  }

  /** Where starters are not told, all commands must have ended. */
  private static boolean belongsToOne(StackGroup readers, Scene scene) {
    Set<Long> starters = readers.members().stream().map(Member::parent).collect(Collectors.toSet());
    boolean told = starters.stream().anyMatch(id -> id > 0);
    List<StackGroup> waiting =
        scene.dump().groups().stream()
            .filter(group -> group.calls(WAIT))
            .filter(
                group -> !told || group.members().stream().anyMatch(m -> starters.contains(m.id())))
            .toList();
    return !waiting.isEmpty() && waiting.stream().allMatch(ChildProcessRule::isLeftWaiting);
  }
}
