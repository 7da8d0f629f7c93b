package dev.tidemark.diagnosis.goroutine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What texts mean, by their bytes. A dump repeats most of its lines, so that nearly all of them are
 * read once and then only found again, without making a string. Holds a bounded number.
 */
final class SliceCache<V> {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** With lines of a hundred bytes some 10 MB; what comes later is read each time. */
  private static final int MOST = 1 << 16;

  private static final class Entry<V> {
    final byte[] text;
    final int hash;
    final @Nullable V value;

    /** Whether it has a place in the table. */
    boolean held;

    /** What came after it the last time; held as well. */
    @Nullable Entry<V> next;

    Entry(byte[] text, int hash, @Nullable V value) {
      this.text = text;
      this.hash = hash;
      this.value = value;
    }

    boolean is(byte[] buffer, int from, int to) {
      return to - from == text.length && Arrays.equals(text, 0, text.length, buffer, from, to);
    }
  }

  private final Function<String, @Nullable V> reader;
  private @Nullable Entry<V>[] slots = table(1 << 8);
  private int used;
  private @Nullable Entry<V> last;

  /** Remembers what the function makes of a text; null is remembered too. */
  SliceCache(Function<String, @Nullable V> reader) {
    this.reader = reader;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <V> @Nullable Entry<V>[] table(int size) {
    return (Entry<V>[]) new Entry[size];
  }

  /** Stacks repeat, so that what comes is mostly what came after the last one before. */
  @Nullable V get(byte[] buffer, int from, int to) {
    Entry<V> before = last;
    Entry<V> entry = before == null ? null : before.next;
    if (entry == null || !entry.is(buffer, from, to)) {
      entry = find(buffer, from, to);
      if (before != null && entry.held) {
        before.next = entry;
      }
    }
    last = entry.held ? entry : null; // else they would hold one another, all that ever came
    return entry.value;
  }

  private Entry<V> find(byte[] buffer, int from, int to) {
    int hash = hash(buffer, from, to);
    int slot = hash & (slots.length - 1);
    for (Entry<V> entry = slots[slot]; entry != null; entry = slots[slot]) {
      if (entry.hash == hash && entry.is(buffer, from, to)) {
        return entry;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    V value = reader.apply(new String(buffer, from, to - from, StandardCharsets.UTF_8));
    Entry<V> fresh = new Entry<>(Arrays.copyOfRange(buffer, from, to), hash, value);
    if (used < MOST) {
      slots[slot] = fresh;
      fresh.held = true;
      used++;
      if (used * 2 > slots.length) {
        grow();
      }
    }
    return fresh;
  }

  private void grow() {
    @Nullable Entry<V>[] larger = table(slots.length * 2);
    for (Entry<V> entry : slots) {
      if (entry != null) {
        int slot = entry.hash & (larger.length - 1);
        while (larger[slot] != null) {
          slot = (slot + 1) & (larger.length - 1);
        }
        larger[slot] = entry;
      }
    }
    slots = larger;
  }

  private static int hash(byte[] buffer, int from, int to) {
    long hash = to - (long) from;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      hash = (hash ^ (long) LONGS.get(buffer, at)) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
    }
    for (; at < to; at++) {
      hash = (hash ^ buffer[at]) * 0x9E3779B97F4A7C15L;
    }
    return (int) (hash ^ (hash >>> 29));
  }
}
