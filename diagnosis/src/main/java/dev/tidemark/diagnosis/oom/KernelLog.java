package dev.tidemark.diagnosis.oom;

import dev.tidemark.diagnosis.input.BadInputException;
import dev.tidemark.diagnosis.input.Input;
import dev.tidemark.diagnosis.input.LineReader;
import dev.tidemark.diagnosis.input.Seeming;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds kills in a kernel log: dmesg with and without -T, journalctl, syslog, of kernels 3.10 to
 * 6.18. The texts are those of mm/oom_kill.c and mm/memcontrol.c of these kernels.
 */
final class KernelLog {
  /** Kills kept; further ones are counted. A machine in trouble kills a few a second. */
  static final int MOST = 500;

  private static final int LINE = 8 << 10;

  /** Since boot; with {@code dmesg -d} also since the line before, with {@code -e} only that. */
  private static final Pattern UPTIME =
      Pattern.compile(
          "^.{0,120}?\\[ {0,5}(?:\\d{1,9}\\.\\d{3,9}(?: <[ \\d.]{1,20}>)?|<? {0,8}\\+?\\d{1,9}\\.\\d{6}>?)\\] ?");

  private static final Pattern DATED =
      Pattern.compile("^.{0,20}?\\[[^\\]]{1,60}\\d\\d:\\d\\d(?::\\d\\d)?[^\\]]{0,30}\\] ?");

  /** {@code dmesg --time-format iso} (a journal has the machine's name there), or /dev/kmsg. */
  private static final Pattern ISO =
      Pattern.compile(
          "^\\d{1,3},\\d{1,12},\\d{1,18},[^;]{1,40};|^.{0,20}?\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d,\\d{1,9}(?:Z|[+-]\\d\\d:?\\d\\d) ");

  /** A line that only a kernel's log has: its tag, or a time as dmesg or /dev/kmsg write it. */
  private static final Pattern OF_A_KERNEL =
      Pattern.compile(
          "^.{0,80}?\\bkernel(?:\\[\\d{1,10}\\])?: |\"_TRANSPORT\" ?: ?\"kernel\""
              + "|^(?:<\\d{1,3}>|kern {0,3}:[a-z]{3,6} {0,3}: )?(?:"
              + "\\[ {0,5}\\d{1,9}\\.\\d{1,9}(?: <[ \\d.]{1,20}>)?\\] |\\[<? {0,8}\\+?\\d{1,9}\\.\\d{6}>?\\] "
              + "|\\[[\\p{L}\\p{M}.]{1,12} [\\p{L}\\p{M}\\d.]{1,12} +\\d{1,2} \\d\\d:\\d\\d:\\d\\d \\d{4}(?: <[ \\d.]{1,20}>)?\\] (?!\\[)"
              + "|\\[[A-Z][a-z]{2} ?\\d{1,2} \\d\\d:\\d\\d\\] "
              + "|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d,\\d{6}[+-]\\d\\d:?\\d\\d "
              + "|\\d{1,3},\\d{1,12},\\d{1,18},[^;]{1,40};)"
              + "|Linux version \\d|invoked oom-killer:|Killed process \\d");

  private static final Pattern INVOKED =
      Pattern.compile("(?:^|[\">: ])([^\"]{1,64}?) invoked oom-killer:");
  private static final Pattern INVOKER =
      Pattern.compile("CPU: \\d+ .{0,20}?PID: (\\d{1,10}) Comm: ");
  private static final Pattern TASK_IN =
      Pattern.compile("Task in (\\S{1,4096}) killed as a result of limit of (\\S{1,4096})");
  private static final Pattern OOM_KILL =
      Pattern.compile(
          "oom-kill:constraint=CONSTRAINT_(\\w{1,20}),.{0,4000}?(?:oom_memcg=([^,]{1,4096}),)?task_memcg=([^,]{1,4096}),task=(.{1,64}?),pid=(\\d{1,10}),");
  private static final Pattern KILLED =
      Pattern.compile(
          "(Memory cgroup out of memory|Memory cgroup out of memory \\(oom_kill_allocating_task\\)|Out of memory[^:]{0,60})?:? ?Killed process (\\d{1,10})(?:, UID \\d{1,10},)? \\((.{1,64}?)\\),? total-vm:(\\d{1,15})kB, anon-rss:(\\d{1,15})kB, file-rss:(\\d{1,15})kB(.{0,200})");
  private static final Pattern SHMEM = Pattern.compile("shmem-rss:(\\d{1,15})kB");
  private static final Pattern TABLES = Pattern.compile("pgtables:(\\d{1,15})kB");
  private static final Pattern SCORE = Pattern.compile("oom_score_adj:(-?\\d{1,5})");

  private final LogClock clock;
  private final List<Kill> kills = new ArrayList<>();
  private final List<Moment> moments = new ArrayList<>();
  private final List<Integer> files = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private OomContext context = new OomContext();
  private long leftOut;
  private boolean known;
  private int file;

  KernelLog(LogClock clock) {
    this.clock = clock;
  }

  /**
   * Reads one log to its end.
   *
   * @throws BadInputException when no line of it is a kernel's
   */
  void read(Input in) throws IOException {
    byte[] head = in.head(Seeming.HEAD);
    LineReader lines = new LineReader(in, LINE);
    known = false;
    file++;
    for (String line = lines.next(); line != null; line = lines.next()) {
      known = known || OF_A_KERNEL.matcher(line).find();
      accept(line);
    }
    context = new OomContext();
    if (!known) {
      throw BadInputException.wrongFile(
          Seeming.of(head).words(head) + " without a line of a kernel",
          "a kernel log: what dmesg or journalctl -k prints, or the syslog that kernel: lines go to");
    }
  }

  private void accept(String line) {
    if (line.contains("invoked oom-killer")) {
      Matcher invoked = INVOKED.matcher(body(line));
      context = new OomContext();
      context.invoker = invoked.find() ? invoked.group(1).strip() : null;
      return;
    }
    if (line.contains("Killed process")) {
      Matcher killed = KILLED.matcher(line);
      if (killed.find()) {
        kill(line, killed);
      }
      return;
    }
    if (line.contains("Memory cgroup out of memory: Kill process")) {
      context.scope = Kill.Scope.MEMCG;
    } else if (line.contains("Out of memory: Kill process")) {
      context.scope = Kill.Scope.NODE;
    } else if (line.contains("memory.oom.group set")) {
      context.group = true;
    } else if (line.contains("oom-kill:constraint=")) {
      named(OOM_KILL.matcher(line));
    } else if (line.contains("killed as a result of limit of")) {
      Matcher task = TASK_IN.matcher(line);
      if (task.find()) {
        context.cgroup = task.group(2);
        context.scope = Kill.Scope.MEMCG;
      }
    } else if (context.invoker != null || context.scope != null) {
      if (context.invokerPid == null && line.contains(" Comm: ")) {
        Matcher invoker = INVOKER.matcher(line);
        context.invokerPid = invoker.find() ? Long.valueOf(invoker.group(1)) : null;
      }
      context.accept(body(line));
    }
  }

  private void named(Matcher named) {
    if (named.find()) {
      boolean memcg = named.group(1).equals("MEMCG");
      context.scope = memcg ? Kill.Scope.MEMCG : Kill.Scope.NODE;
      context.cgroup = memcg && named.group(2) != null ? named.group(2) : context.cgroup;
    }
  }

  private void kill(String line, Matcher killed) {
    Moment moment = clock.of(line);
    String key = killed.group(2) + " " + (moment.uptime() == null ? moment.at() : moment.uptime());
    boolean again = (moment.at() != null || moment.uptime() != null) && !seen.add(key);
    Kill kill =
        context.kill(
            moment, killed.group(3), Long.parseLong(killed.group(2)), scope(killed), held(killed));
    for (int i = 0; i < kills.size(); i++) {
      if (isSame(i, kill, moment)) {
        Moment told = moments.get(i).with(moment);
        Kill fuller = kill.told() > kills.get(i).told() ? kill : kills.get(i);
        kills.set(i, fuller.placed(told));
        moments.set(i, told);
        return;
      }
    }
    if (again) {
      return; // the same line of one that was left out
    }
    if (kills.size() >= MOST) {
      leftOut++;
      return;
    }
    kills.add(kill);
    moments.add(moment);
    files.add(file);
  }

  /**
   * Whether a kill was told before: the same process at the same time, by clocks that can be
   * compared; by another log whose clock cannot, the same process with the same memory.
   */
  private boolean isSame(int known, Kill kill, Moment moment) {
    Kill before = kills.get(known);
    if (before.victimPid() != kill.victimPid() || !before.victim().equals(kill.victim())) {
      return false;
    }
    return switch (moments.get(known).against(moment)) {
      case TOGETHER -> true;
      case APART -> false;
      case UNKNOWN -> files.get(known) != file && before.heldAs(kill);
    };
  }

  private Kill.Scope scope(Matcher killed) {
    String how = killed.group(1);
    Kill.Scope scope =
        how == null
            ? context.scope
            : how.startsWith("Memory cgroup") ? Kill.Scope.MEMCG : Kill.Scope.NODE;
    return scope == null ? Kill.Scope.NODE : scope;
  }

  private static OomContext.Held held(Matcher killed) {
    String rest = killed.group(7);
    return new OomContext.Held(
        kilo(killed.group(4)),
        kilo(killed.group(5)),
        kilo(killed.group(6)),
        optional(SHMEM, rest, 1024),
        optional(TABLES, rest, 1024),
        optional(SCORE, rest, 1));
  }

  private static long kilo(String digits) {
    return Long.parseLong(digits) << 10;
  }

  private static @Nullable Long optional(Pattern pattern, String text, long factor) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Long.valueOf(Long.parseLong(matcher.group(1)) * factor) : null;
  }

  /** A line without what the log or the kernel put before it. */
  static String body(String line) {
    int kernel = line.indexOf("kernel: ");
    String text = kernel >= 0 && kernel < 160 ? line.substring(kernel + 8) : line;
    Matcher uptime = UPTIME.matcher(text);
    if (uptime.find()) {
      return text.substring(uptime.end());
    }
    Matcher dated = DATED.matcher(text);
    if (dated.find()) {
      return text.substring(dated.end());
    }
    Matcher iso = ISO.matcher(text);
    return iso.find() ? text.substring(iso.end()) : text;
  }

  List<Kill> kills() {
    return kills;
  }

  /** When each of the kills was. */
  List<Moment> moments() {
    return moments;
  }

  long leftOut() {
    return leftOut;
  }
}
