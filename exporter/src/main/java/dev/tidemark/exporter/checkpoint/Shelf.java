package dev.tidemark.exporter.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The segments of one pipeline: seals states and finds the newest one that can be gone on from. A
 * segment is written under a temporary name, forced to the disk and then renamed, so that what
 * bears a segment's name is whole whenever the program was killed. Nothing here throws for a disk
 * that is full or broken: it is told, and the pipeline goes on. For the evaluation thread only.
 */
public final class Shelf {
  private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

  /** Of the configuration in force: the newest, and one to fall back on should it be damaged. */
  private static final int KEPT = 2;

  /** Of later slots than what is sealed: as many as whoever wrote them has kept. */
  private static final int KEPT_LATER = KEPT;

  /** Of other configurations. */
  private static final int KEPT_OTHER = 1;

  private final Path folder;
  private final Label label;
  private final CheckpointListener listener;
  private final InstantSource clock;

  /** Why the last state was not sealed; empty where it was. */
  private String failure = "";

  /**
   * Whose segments.
   *
   * @param learns what decides what is learnt, one line each
   * @param history how long a state can be gone on from
   */
  public record Label(String source, String learns, Duration history, String release) {}

  Shelf(Path folder, Label label, CheckpointListener listener, InstantSource clock) {
    this.folder = folder;
    this.label = label;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Writes a state.
   *
   * @param slot the last that was judged, epoch milliseconds
   * @return whether it is on disk
   */
  public boolean seal(long slot, List<Block> blocks) {
    Instant began = clock.instant();
    long nanos = System.nanoTime();
    SegmentName name = SegmentName.of(slot, label.learns());
    Path unfinished = folder.resolve(name.unfinished());
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(unfinished);
      SegmentHeader header =
          new SegmentHeader(label.release(), label.source(), label.learns(), slot);
      long bytes = SegmentWriter.write(unfinished, header, blocks);
      Files.move(unfinished, folder.resolve(name.file()), StandardCopyOption.ATOMIC_MOVE);
      force(folder);
      Duration took = Duration.ofNanos(System.nanoTime() - nanos);
      listener.sealed(label.source(), began, bytes, took);
      LOG.atInfo()
          .addKeyValue("file", name.file())
          .addKeyValue("slot", Instant.ofEpochMilli(slot))
          .addKeyValue("bytes", bytes)
          .addKeyValue("took_ms", took.toMillis())
          .log(failure.isEmpty() ? "checkpoint sealed" : "checkpoint sealed again");
      failure = "";
      clean(name);
      return true;
    } catch (IOException | RuntimeException e) {
      listener.notSealed(label.source());
      try {
        Files.deleteIfExists(unfinished);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      tell(e);
      return false;
    }
  }

  /** Once, for it is tried again and again; the metric counts. */
  private void tell(Exception e) {
    String why = e.getClass().getName() + String.valueOf(e.getMessage()).replaceAll("\\d{5,}", "");
    LOG.atLevel(why.equals(failure) ? Level.DEBUG : Level.ERROR)
        .addKeyValue("folder", folder)
        .addKeyValue("err", e)
        .log(
            "checkpoint not sealed: free space there or give another --storage.path; it is tried"
                + " again in minutes, until then a restart learns from the one before, or anew");
    failure = why;
  }

  /** A renamed file is only then sure to be found after a power cut. */
  private static void force(Path folder) throws IOException {
    try (FileChannel opened = FileChannel.open(folder)) {
      opened.force(true);
    }
  }

  /**
   * Reads the newest segment that is whole and was learnt as asked.
   *
   * @return empty where there is none: then everything is learnt from the source
   */
  public <P, S> Optional<S> open(StateReader<P, S> reader) {
    sweepUnfinished();
    long now = clock.instant().toEpochMilli();
    List<SegmentName> others = new ArrayList<>();
    for (SegmentName name : newestFirst()) {
      if (!name.isOf(label.learns())) {
        others.add(name);
        continue;
      }
      try {
        checkAge(name.slot(), now);
        S state = read(name, reader);
        listener.opened(label.source(), sealedAt(name));
        return Optional.of(state);
      } catch (SegmentException e) {
        setAside(name, e.reason(), e);
      } catch (IOException | RuntimeException e) { // whole, so it is the writing that is not known
        setAside(name, Aside.UNREADABLE, e);
      }
    }
    others.stream().findFirst().ifPresent(this::tellDifference);
    listener.opened(label.source(), Instant.EPOCH);
    return Optional.empty();
  }

  /** By the disk, for hours of a history are sealed long after they were. */
  private Instant sealedAt(SegmentName name) throws IOException {
    Instant written = Files.getLastModifiedTime(folder.resolve(name.file())).toInstant();
    Instant now = clock.instant();
    return written.isAfter(now) ? now : written;
  }

  private void checkAge(long slot, long now) throws SegmentException {
    if (slot > now) {
      throw new SegmentException(
          Aside.FUTURE, "it is of " + Instant.ofEpochMilli(slot) + ", later than now");
    }
    if (slot < now - label.history().toMillis()) {
      throw new SegmentException(
          Aside.OLD, "it is of " + Instant.ofEpochMilli(slot) + ", older than the history");
    }
  }

  private <P, S> S read(SegmentName name, StateReader<P, S> reader) throws IOException {
    long began = System.nanoTime();
    try (SegmentFile file = SegmentFile.open(folder.resolve(name.file()))) {
      String difference = file.header().difference(label.learns());
      if (!difference.isEmpty()) {
        throw new SegmentException(Aside.CONFIGURATION, difference);
      }
      S state = reader.state(file.header().slot(), file.blocks(reader));
      LOG.atInfo()
          .addKeyValue("file", name.file())
          .addKeyValue("slot", Instant.ofEpochMilli(file.header().slot()))
          .addKeyValue("release", file.header().release())
          .addKeyValue("bytes", file.size())
          .addKeyValue("took_ms", Duration.ofNanos(System.nanoTime() - began).toMillis())
          .log("checkpoint opened: only the time since is asked for");
      return state;
    }
  }

  private void setAside(SegmentName name, Aside reason, Exception e) {
    listener.setAside(label.source(), reason);
    LOG.atWarn()
        .addKeyValue("file", folder.resolve(name.file()))
        .addKeyValue("reason", reason.label())
        .addKeyValue("err", e.getMessage() == null ? e : e.getMessage())
        .log("checkpoint set aside: the one before is tried, else the history is learnt again");
  }

  private void tellDifference(SegmentName name) {
    try (SegmentFile file = SegmentFile.open(folder.resolve(name.file()))) {
      String difference = file.header().difference(label.learns());
      setAside(name, Aside.CONFIGURATION, new IOException(difference));
    } catch (SegmentException e) {
      setAside(name, e.reason(), e);
    } catch (IOException | RuntimeException e) {
      setAside(name, Aside.UNREADABLE, e);
    }
  }

  /**
   * Keeps the newest two up to the slot that was sealed, and one of another configuration while it
   * could be of use: for going back to the release or the configuration before. What is later than
   * that slot was not gone on from: a release after this one wrote it, the clock is behind or was
   * ahead, or a mistake has everything learnt again. Who can read it goes on from it, so the two
   * next to the present stay until what is sealed has caught up.
   */
  private void clean(SegmentName sealed) {
    int own = 0;
    int later = 0;
    int others = 0;
    long oldest = sealed.slot() - label.history().toMillis();
    for (SegmentName name : nearestFirst(Math.max(clock.millis(), sealed.slot()))) {
      boolean kept;
      if (!name.isOf(label.learns())) {
        kept = name.slot() >= oldest && ++others <= KEPT_OTHER;
      } else if (name.slot() > sealed.slot()) {
        kept = ++later <= KEPT_LATER;
      } else {
        kept = ++own <= KEPT;
      }
      if (!kept) {
        delete(folder.resolve(name.file()));
      }
    }
  }

  private void sweepUnfinished() {
    for (Path path : list()) {
      if (SegmentName.isUnfinished(path)) {
        delete(path);
      }
    }
  }

  private List<SegmentName> newestFirst() {
    return segments(Comparator.comparingLong(SegmentName::slot).reversed());
  }

  private List<SegmentName> nearestFirst(long time) {
    return segments(Comparator.comparingLong(name -> Math.abs(name.slot() - time)));
  }

  private List<SegmentName> segments(Comparator<SegmentName> order) {
    return list().stream().map(SegmentName::parse).flatMap(Optional::stream).sorted(order).toList();
  }

  private List<Path> list() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (java.nio.file.NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      LOG.atError().addKeyValue("folder", folder).addKeyValue("err", e).log("cannot list");
      return List.of();
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      LOG.atWarn().addKeyValue("file", path).addKeyValue("err", e).log("cannot delete");
    }
  }
}
