package dev.tidemark.diagnosis.oom;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One kill by the kernel. Bytes; null is not told.
 *
 * @param invoker the process whose allocation started it; often not the victim
 * @param scope memcg: a container's limit; node: the machine had none left
 * @param cgroup whose limit was reached
 * @param virtual the victim's address space, which says nothing about memory
 * @param failcnt how often the limit was reached; may be 0 in cgroup v1
 * @param counted what the kernel counted for the cgroup, by its own names
 * @param tasks that it could have killed, largest first; at most 20
 * @param group whether all of the cgroup was killed with it
 */
public record Kill(
    @Nullable String at,
    @Nullable Double uptime,
    @Nullable String invoker,
    @Nullable Long invokerPid,
    String victim,
    long victimPid,
    Scope scope,
    @Nullable String cgroup,
    @Nullable Long virtual,
    @Nullable Long anon,
    @Nullable Long file,
    @Nullable Long shmem,
    @Nullable Long pageTables,
    @Nullable Long scoreAdjustment,
    @Nullable Long usage,
    @Nullable Long limit,
    @Nullable Long failcnt,
    Map<String, Long> counted,
    List<Task> tasks,
    boolean group) {
  static final int TASKS_KEPT = 20;

  /** Whose memory had run out. */
  public enum Scope {
    MEMCG,
    NODE
  }

  public Kill {
    counted = Collections.unmodifiableMap(new TreeMap<>(counted));
    tasks = List.copyOf(tasks);
  }

  /** Whether the tasks are all that the kernel listed. */
  public boolean listsAll() {
    return !tasks.isEmpty() && tasks.size() < TASKS_KEPT;
  }

  /** What the victim held. */
  long resident() {
    return or(anon) + or(file) + or(shmem);
  }

  /** Whether the kernel tells the same of what the victim held. */
  boolean heldAs(Kill other) {
    return Objects.equals(virtual, other.virtual)
        && Objects.equals(anon, other.anon)
        && Objects.equals(file, other.file);
  }

  /** How much is told of it: of two accounts the fuller one serves. */
  int told() {
    return (invoker == null ? 0 : 1)
        + (limit == null ? 0 : 1)
        + (cgroup == null ? 0 : 1)
        + Math.min(1, counted.size())
        + Math.min(1, tasks.size());
  }

  /** The same at another moment. */
  Kill placed(Moment moment) {
    return new Kill(
        moment.at() == null ? null : moment.at().toString(),
        moment.uptime(),
        invoker,
        invokerPid,
        victim,
        victimPid,
        scope,
        cgroup,
        virtual,
        anon,
        file,
        shmem,
        pageTables,
        scoreAdjustment,
        usage,
        limit,
        failcnt,
        counted,
        tasks,
        group);
  }

  private static long or(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
