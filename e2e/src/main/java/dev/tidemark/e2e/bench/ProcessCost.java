package dev.tidemark.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process has cost so far, as Linux tells it.
 *
 * @param cpuSeconds of all its threads
 * @param residentBytes now
 * @param peakBytes the most that were resident at a time
 */
record ProcessCost(double cpuSeconds, long residentBytes, long peakBytes) {
  private static final double TICKS_PER_SECOND = 100;

  static ProcessCost of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    String stat = Files.readString(proc.resolve("stat"));
    // the name may hold spaces; user and system time are the 12th and 13th field after it
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    List<String> status = Files.readAllLines(proc.resolve("status"));
    return new ProcessCost(cpu, bytes(status, "VmRSS:"), bytes(status, "VmHWM:"));
  }

  private static long bytes(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .sum();
  }
}
