package dev.tidemark.diagnosis.oom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the kernel wrote between "invoked oom-killer" and the kill. */
final class OomContext {
  private static final int MOST_TASKS = 4000;
  private static final int MOST_STATS = 200;

  /** The kernel prints pages; 4 KiB on amd64, and on nearly all arm64 machines. */
  private static final long PAGE = 4096;

  private static final Pattern USAGE =
      Pattern.compile("^memory: usage (\\d{1,15})kB, limit (\\d{1,16})kB, failcnt (\\d{1,15})");
  private static final Pattern TASK =
      Pattern.compile(
          "^\\[ *(\\d{1,10})\\] +\\d+ +\\d+ +\\d+ +(\\d{1,15})(?: +-?\\d{1,15}){2,10} +(\\S.{0,63})$");
  private static final Pattern STAT = Pattern.compile("^([a-z_0-9]{2,40}) (\\d{1,18})$");
  private static final Pattern OLD_STAT = Pattern.compile("([a-z_]{2,30}):(\\d{1,15})KB");

  @Nullable String invoker;
  @Nullable Long invokerPid;
  Kill.@Nullable Scope scope;
  @Nullable String cgroup;
  boolean group;
  private @Nullable Long usage;
  private @Nullable Long limit;
  private @Nullable Long failcnt;
  private boolean inStats;
  private final Map<String, Long> counted = new TreeMap<>();
  private final List<Task> tasks = new ArrayList<>();

  /** What the victim held, bytes. */
  record Held(
      long virtual,
      long anon,
      long file,
      @Nullable Long shmem,
      @Nullable Long pageTables,
      @Nullable Long score) {}

  /** Takes a line in, without what stands before it. */
  void accept(String text) {
    String line = text.strip(); // of a message of several lines dmesg indents all but the first
    if (line.startsWith("memory: usage ")) {
      Matcher found = USAGE.matcher(line);
      if (found.find()) {
        usage = Long.parseLong(found.group(1)) << 10;
        long kilobytes = Long.parseLong(found.group(2));
        limit = kilobytes > 1L << 50 ? null : Long.valueOf(kilobytes << 10);
        failcnt = Long.valueOf(found.group(3));
      }
    } else if (line.startsWith("Memory cgroup stats for ")) {
      inStats = true;
      Matcher old = OLD_STAT.matcher(line);
      while (old.find() && counted.size() < MOST_STATS) {
        counted.merge(old.group(1), Long.parseLong(old.group(2)) << 10, Long::sum);
      }
    } else if (line.startsWith("[") && tasks.size() < MOST_TASKS) {
      inStats = false;
      Matcher task = TASK.matcher(line);
      if (task.find()) {
        long resident = Math.multiplyExact(Long.parseLong(task.group(2)) % (1L << 48), PAGE);
        tasks.add(new Task(Long.parseLong(task.group(1)), task.group(3).strip(), resident));
      }
    } else if (inStats && counted.size() < MOST_STATS) {
      Matcher stat = STAT.matcher(line);
      if (stat.find()) {
        counted.put(stat.group(1), Long.valueOf(stat.group(2)));
      }
    }
  }

  Kill kill(Moment moment, String victim, long pid, Kill.Scope where, Held held) {
    return new Kill(
        moment.at() == null ? null : moment.at().toString(),
        moment.uptime(),
        invoker,
        invokerPid,
        victim,
        pid,
        where,
        where == Kill.Scope.MEMCG ? cgroup : null,
        held.virtual(),
        held.anon(),
        held.file(),
        held.shmem(),
        held.pageTables(),
        held.score(),
        usage,
        limit,
        failcnt,
        counted,
        tasks.stream()
            .sorted(Comparator.comparingLong(Task::resident).reversed())
            .limit(Kill.TASKS_KEPT)
            .toList(),
        group);
  }
}
