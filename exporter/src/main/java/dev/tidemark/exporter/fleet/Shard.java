package dev.tidemark.exporter.fleet;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The part of all workloads that is judged: those whose CRC-32C (RFC 3720) of {@code
 * cluster/namespace/name} in UTF-8 leaves {@code index} when divided by {@code count}. Every
 * workload is in exactly one of {@code 0/count} to {@code count-1/count}, in this release and the
 * next.
 *
 * @param index from 0
 */
public record Shard(int index, int count) {
  /** All workloads. */
  public static final Shard WHOLE = new Shard(0, 1);

  private static final int MOST = 1000;
  private static final Pattern FORM = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

  public Shard {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException("must be of 1 to " + MOST + " shards, found " + count);
    }
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "shards count from 0, so the last of %1$d is %2$d/%1$d; found %3$d/%1$d"
              .formatted(count, count - 1, index));
    }
  }

  /**
   * @param text as {@code 0/3}
   * @throws IllegalArgumentException with what would be right
   */
  public static Shard parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("must be index/count such as 0/3, found \"" + text + "\"");
    }
    return new Shard(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
  }

  boolean has(WorkloadState.Id workload) {
    if (count == 1) {
      return true;
    }
    CRC32C hash = new CRC32C();
    String text = workload.cluster() + '/' + workload.namespace() + '/' + workload.name();
    hash.update(text.getBytes(StandardCharsets.UTF_8));
    return hash.getValue() % count == index;
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
