package dev.tidemark.diagnosis.goroutine;

import dev.tidemark.diagnosis.finding.Finding;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a group is judged against: the whole dump and the dumps of better times, oldest first.
 *
 * @param counted whether the dump tells neither ages nor who started whom
 * @param tested whether it is of a test run, where nothing is meant to stay
 * @param service whether it waits for signals or its main goroutine listens, as what is meant to
 *     stay does
 * @param listens whether it can be reached from outside at all; perhaps only for its profiles
 * @param signalled whether it waits for signals
 * @param loneReceivers how many groups are one receiver, or main in a select
 * @param readers how many read results of databases, or have a connection of a pool
 */
record Scene(
    GoroutineDump dump,
    boolean counted,
    boolean tested,
    boolean service,
    boolean listens,
    boolean signalled,
    long loneReceivers,
    long readers,
    Wakers wakers,
    Progress progress,
    Footing footing,
    Holders holders,
    List<Baseline> baselines) {
  private static final Pattern FOR_SIGNALS =
      Pattern.compile(
          "(?i)signal(?!l?ing)|sig(term|int|hup|quit|usr|handle|chan)|interrupt|atexit");

  static Scene of(GoroutineDump dump, List<GoroutineDump> baselines) {
    boolean signalled = has(dump, Functions.SIGNALS);
    Wakers wakers = new Wakers(dump.groups());
    return new Scene(
        dump,
        dump.form() == GoroutineDump.Form.COUNTS,
        has(dump, "testing.tRunner"),
        signalled || dump.groups().stream().anyMatch(Scene::isServing),
        signalled || has(dump, Functions.ACCEPT),
        signalled,
        dump.groups().stream().filter(Scene::isLoneReceiver).count(),
        RowsRule.readers(dump),
        wakers,
        new Progress(dump.groups(), wakers),
        new Footing(dump.groups(), wakers),
        new Holders(dump.groups(), wakers),
        baselines.stream().map(Baseline::of).toList());
  }

  /** Main listens, or the program's own code accepts; net/http elsewhere may serve profiles. */
  private static boolean isServing(StackGroup group) {
    return group.calls(Functions.ACCEPT)
        && (group.isMain() || (group.blockedAt() != null && !group.calls(Functions.SERVER)));
  }

  private static boolean has(GoroutineDump dump, String function) {
    return dump.groups().stream().anyMatch(group -> group.calls(function));
  }

  /**
   * Whether a group is the only one of one receiver in a program that handles signals in another
   * goroutine than main: somebody has to receive them.
   */
  boolean isSignalHandler(StackGroup group) {
    return signalled && loneReceivers == 1 && isLoneReceiver(group);
  }

  /** Whether one receiver of a program that handles signals is named for it. */
  boolean isNamedForSignals(StackGroup group) {
    return signalled
        && isLoneReceiver(group)
        && (isNamedForSignals(group.blockedAt()) || isNamedForSignals(group.createdBy()));
  }

  private static boolean isNamedForSignals(@Nullable Frame frame) {
    return frame != null
        && FOR_SIGNALS.matcher(frame.function().substring(frame.packagePath().length())).find();
  }

  private static boolean isLoneReceiver(StackGroup group) {
    Waits waits = Waits.of(group);
    boolean main = group.isMain() && waits == Waits.SELECT;
    return main
        || (group.count() == 1
            && group.blockedAt() != null
            && (waits == Waits.RECEIVE || waits == Waits.EITHER));
  }

  /** How many goroutines call a function. */
  long calling(String function) {
    return dump.groups().stream()
        .filter(group -> group.calls(function))
        .mapToLong(StackGroup::count)
        .sum();
  }

  /** Whether a group is large: at least {@code least} goroutines and that part of all. */
  boolean isPile(StackGroup group, long least, double share) {
    return group.count() >= least && group.count() >= share * dump.goroutines();
  }

  /** {@code 80 % of all}. */
  String share(StackGroup group) {
    return Math.round(100.0 * group.count() / Math.max(dump.goroutines(), 1)) + " % of all";
  }

  Prospect prospect(StackGroup group) {
    return wakers.of(group);
  }

  /**
   * A leak because of what the dump does not hold, and a suspicion where who could end it may be
   * among what is missing, or is who writes the dump.
   */
  Finding ofAbsence(StackGroup group, String id, String reason) {
    if (dump.truncated()) {
      return Finding.suspect(id, reason + ", in what the cut dump holds");
    }
    if (wakers.mayDependOnTheClock(group)) {
      return Finding.suspect(id, reason + ", unless a receiver beside it waits for the clock");
    }
    if (wakers.unseen().mayBeWoken(group)) {
      return Finding.suspect(id, reason + ", as far as the dump tells");
    }
    if (wakers.unseen().mayBelongToItsCaller(group)) {
      return Finding.suspect(id, reason + ", unless who called its starter, and lives, comes back");
    }
    return wakers.isRelatedToWorkingObserver(group)
        ? Finding.suspect(id, reason + ", but for who writes the dump")
        : Finding.leak(id, reason);
  }

  boolean canBeWoken(StackGroup group) {
    return prospect(group) == Prospect.LIKELY;
  }
}
