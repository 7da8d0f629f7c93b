package dev.tidemark.diagnosis;

import static dev.tidemark.diagnosis.finding.Quantity.bytes;
import static dev.tidemark.diagnosis.finding.Quantity.count;
import static dev.tidemark.diagnosis.finding.Quantity.seconds;

import dev.tidemark.diagnosis.oom.Cgroup;
import dev.tidemark.diagnosis.oom.Kill;
import dev.tidemark.diagnosis.oom.OomReport;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes what happened when memory ran out, for people. */
final class OomText {
  /** Kills shown; the rest is a number. */
  private static final int SHOWN = 10;

  private final Print out;

  OomText(Print out) {
    this.out = out;
  }

  void write(OomReport report) {
    Cgroup cgroup = report.cgroup();
    long told = report.kills().size() + report.killsLeftOut();
    long counted = cgroup == null ? 0 : cgroup.kills();
    out.line(
        "%s by the kernel%s%s",
        kills(Math.max(told, counted)),
        counted > told
            ? (told == 0 ? ", counted by the cgroup" : ", " + count(told) + " of them in the log")
            : "",
        report.death() == null ? "" : "; " + Paint.safe(report.death().message()));
    report.kills().stream().limit(SHOWN).forEach(this::kill);
    accounting(report);
    if (report.cgroup() != null) {
      out.field("events", report.cgroup().events().toString());
    }
    for (OomReport.Event event : report.timeline()) {
      out.line(
          "  %2d  %s%s  %s: %s",
          event.group(),
          event.at() != null
              ? event.at()
              : event.uptime() != null
                  ? String.format(Locale.ROOT, "%.6f s since boot", event.uptime())
                  : "at no known time",
          event.uncertainty() == null ? "" : " +/- " + seconds(event.uncertainty()),
          event.source(),
          Paint.safe(event.what()));
    }
    report.patterns().forEach(this::pattern);
    if (report.patterns().isEmpty()) {
      out.line("  nothing found");
    }
    report.missing().forEach(missing -> out.line("  would tell more: %s", missing));
  }

  private static String kills(long kills) {
    return kills == 1 ? "1 kill" : count(kills) + " kills";
  }

  private void kill(Kill kill) {
    out.line(
        "  killed %s (%d): %s resident, %s%s%s",
        Paint.safe(kill.victim()),
        kill.victimPid(),
        bytes(or(kill.anon()) + or(kill.file()) + or(kill.shmem())),
        kill.scope() == Kill.Scope.NODE
            ? "the machine had no memory left"
            : "the limit of " + Paint.safe(String.valueOf(kill.cgroup())) + " was reached",
        kill.limit() == null ? "" : " (" + bytes(kill.limit()) + ")",
        kill.invoker() == null
            ? ""
            : ", on an allocation by " + Paint.safe(kill.invoker()) + invoker(kill));
  }

  /** The kernel tells the number of the thread that asked, and lists processes. */
  private static String invoker(Kill kill) {
    Long pid = kill.invokerPid();
    if (pid == null || pid == kill.victimPid()) {
      return "";
    }
    boolean listed = kill.tasks().stream().anyMatch(task -> task.pid() == pid);
    boolean same = kill.victim().equals(kill.invoker());
    return " ("
        + pid
        + (listed || !same
            ? ", another process)"
            : kill.listsAll() ? ", a thread of it)" : ", a thread or a process of its name)");
  }

  /** Without a container's own count there is only what the kernel says of the victim. */
  private static boolean isOfVictim(OomReport report) {
    List<Kill> kills = report.kills();
    Cgroup cgroup = report.cgroup();
    return !kills.isEmpty()
        && kills.get(kills.size() - 1).counted().isEmpty()
        && (cgroup == null || cgroup.stat().isEmpty());
  }

  private void accounting(OomReport report) {
    OomReport.Accounting sums = report.accounting();
    if (sums.counted() != null) {
      out.field(
          "counted",
          bytes(sums.counted())
              + " by the kernel ("
              + sums.countedFrom()
              + ")"
              + part(", limit ", sums.limit()));
    }
    if (sums.anon() != null) {
      out.field(
          isOfVictim(report) ? "victim" : "container",
          "anonymous "
              + bytes(sums.anon())
              + part(", files ", sums.file())
              + part(", shared ", sums.shmem())
              + part(", kernel ", sums.kernel()));
    }
    if (sums.goHeld() != null) {
      out.field(
          "known to Go",
          bytes(sums.goHeld())
              + part(", live ", sums.goLive())
              + part(", heap in use ", sums.goHeapInuse())
              + part(", idle ", sums.goIdle())
              + part(", stacks ", sums.goStacks())
              + outside(sums.outside())
              + (sums.goAge() == null
                  ? ""
                  : "; figures of " + seconds(sums.goAge()) + " or more before the kill"));
    }
  }

  private void pattern(OomReport.Pattern pattern) {
    out.line("  %s %s: %s", out.verdict(pattern.verdict()), pattern.id(), pattern.reason());
    pattern.evidence().forEach(text -> out.line("            + %s", Paint.safe(text)));
    pattern.against().forEach(text -> out.line("            - %s", Paint.safe(text)));
  }

  private static String outside(@Nullable Long outside) {
    return outside == null || outside >= 0
        ? part("; outside Go ", outside)
        : "; " + bytes(-outside) + " more than was counted: its figures are of another time";
  }

  private static String part(String name, @Nullable Long value) {
    return value == null ? "" : name + bytes(value);
  }

  private static long or(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
