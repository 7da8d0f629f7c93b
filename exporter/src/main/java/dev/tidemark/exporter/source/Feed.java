package dev.tidemark.exporter.source;

import dev.tidemark.exporter.source.ReadAhead.Answer;
import dev.tidemark.exporter.source.ReadAhead.Question;
import dev.tidemark.toolkit.prometheus.PrometheusException;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Brings every slot of the grid once, oldest first, from the beginning of the history to now: a
 * backfill is the same as being late. While a chunk of the past is judged the next one is read, one
 * ahead and no more. What failed is asked again and nothing after it before it is there; soon where
 * some of it is there already. {@link #status} and {@link #close} are for any thread, the rest for
 * the evaluation thread only.
 */
public final class Feed implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  /**
   * While catching up, a source that works hard rests half as long as it worked, at most so long.
   */
  private static final Duration LONGEST_REST = Duration.ofSeconds(5);

  /** Slots times series of a chunk that are no hard work, however long it took a busy machine. */
  private static final long EASY = ChunkSize.SAMPLES / 10;

  private static final int LOG_EVERY_PERCENT = 5;

  /** As long as Prometheus repeats a sample: then targets without samples are no accident. */
  private static final long SILENT_MILLIS = 300_000;

  private final String name;
  private final Grid grid;
  private final ReadAhead source;
  private final String match;
  private final FeedListener listener;
  private final InstantSource clock;
  private final ChunkSize size = new ChunkSize();
  private final Cursor cursor = new Cursor();
  private volatile SourceStatus status;

  /** Where we are; moves. */
  private static final class Cursor {
    long begin;
    long next; // 0 until it is known
    int failures; // with no answer of use between them
    long answered;
    boolean failing;
    boolean halved;
    @Nullable Question unanswered;
    int logged = -1;
    long sampled;
    boolean started;
  }

  public Feed(
      String name, Grid grid, ChunkSource reader, FeedListener listener, InstantSource clock) {
    this.name = name;
    this.grid = grid;
    this.source = new ReadAhead(name, reader, clock);
    this.match = reader.match();
    this.listener = listener;
    this.clock = clock;
    this.status = SourceStatus.notAsked(name);
  }

  public SourceStatus status() {
    return status;
  }

  /** How often it failed in a row, with no answer of use between. */
  public int failures() {
    return cursor.failures;
  }

  /**
   * Only what comes after a slot is to be brought, the rest was learnt before; ahead of the first
   * {@link #runDue}.
   */
  public void goOnAfter(long slot) {
    cursor.next = slot + grid.step();
    status = new SourceStatus(name, 0, slot, Instant.EPOCH, "");
  }

  /**
   * Asks for the next slots that are due, if any, and hands them on.
   *
   * @return how long to wait before calling again
   */
  public Duration runDue(Consumer<Chunk> whole) {
    Instant now = clock.instant();
    long due = grid.due(now);
    start(due);
    if (cursor.next > due) {
      return untilDue(now);
    }
    skipWhatIsTooOld(due);
    Question question = source.pendingOr(question(due));
    try {
      Answer answer = source.read(question);
      Chunk chunk = notAhead(answer);
      if (chunk.slots() == 0) {
        cursor.answered = source.answered(); // of no use
        return failed(
            "ahead",
            "nothing was sampled for "
                + (due - cursor.next) / 60_000
                + " min up to now: is the clock here ahead of the source's?");
      }
      size.learn(chunk.slots(), chunk.width(), chunk.series(), answer.worked());
      cursor.next = chunk.last() + grid.step();
      Duration rest = rest(chunk, answer.worked());
      Instant read = clock.instant();
      if (cursor.next <= grid.due(read)) {
        source.ask(upTo(grid.due(read)), rest);
      }
      whole.accept(chunk);
      return done(chunk, answer.trouble(), rest.minus(since(read)), due);
    } catch (PartialAnswerException e) {
      cursor.unanswered = question;
      return failed("partial", "partial answer: " + e.getMessage());
    } catch (PrometheusException e) {
      cursor.unanswered = question;
      if (tooMuch(e.reason())) {
        cursor.unanswered = null;
        cursor.halved = true;
        size.halve();
      }
      return failed(e.reason().label(), e.reason().label() + ": " + e.getMessage());
    }
  }

  /**
   * What failed is asked again as it was, for the source may have kept a part of it; but not past
   * the present, which a clock that was put right may have taken back.
   */
  private Question question(long due) {
    Question again = cursor.unanswered;
    return again != null && again.first() == cursor.next && again.due() <= due ? again : upTo(due);
  }

  private Question upTo(long due) {
    int slots = (int) Math.min(size.slots(), (due - cursor.next) / grid.step() + 1);
    return new Question(cursor.next, slots, due);
  }

  /**
   * Without the end that holds no sample where it is long and reaches the present. In such slots
   * nothing is lost by waiting; but where a clock was set an hour ahead, slots that are still to
   * come would be used up.
   */
  private Chunk notAhead(Answer answer) {
    Chunk chunk = answer.chunk();
    boolean reachesNow = chunk.last() + grid.step() > answer.question().due();
    if (!status.isLive() || !reachesNow || chunk.slots() * grid.step() < SILENT_MILLIS) {
      return chunk;
    }
    int sampled = chunk.sampledSlots();
    return (chunk.slots() - sampled) * grid.step() < SILENT_MILLIS ? chunk : chunk.upTo(sampled);
  }

  /** Never negative, whatever was done to the clock. */
  private Duration since(Instant before) {
    Duration since = Duration.between(before, clock.instant());
    return since.isNegative() ? Duration.ZERO : since;
  }

  private void start(long due) {
    if (!cursor.started) {
      cursor.started = true;
      cursor.begin = grid.oldest(due);
      cursor.next = cursor.next == 0 ? cursor.begin : cursor.next;
      cursor.sampled = cursor.next;
      SourceStatus last = status;
      status = new SourceStatus(name, progress(due), last.slot(), last.lastSuccess(), "");
      listener.progress(name, status.progress());
    }
  }

  private Duration untilDue(Instant now) {
    Duration wait = Duration.between(now, Instant.ofEpochMilli(cursor.next).plus(grid.delay()));
    // a clock that was set back may be put right at any moment
    return wait.compareTo(grid.interval()) < 0 ? wait : grid.interval();
  }

  private void skipWhatIsTooOld(long due) {
    long oldest = grid.oldest(due);
    if (cursor.next == cursor.begin
        && !status.isLive()) { // nothing was learnt yet that could be missed
      cursor.begin = Math.max(cursor.begin, oldest);
    } else if (cursor.next < oldest) {
      long missed = (oldest - cursor.next) / grid.step();
      LOG.atWarn()
          .addKeyValue("source", name)
          .addKeyValue("slots", missed)
          .log("slots missed: they are older than the history");
      listener.missed(missed);
    }
    cursor.next = Math.max(cursor.next, oldest);
  }

  private Duration done(Chunk chunk, String trouble, Duration rest, long due) {
    Instant now = clock.instant();
    if (cursor.failing) {
      LOG.atInfo().addKeyValue("source", name).log("source answers again");
    }
    cursor.failing = false;
    cursor.halved = false;
    cursor.failures = 0;
    cursor.answered = source.answered();
    listener.answered(name, now, chunk.last(), chunk.sampleCount());
    listener.rejected("not_finite", chunk.rejected().notFinite());
    listener.rejected("off_grid", chunk.rejected().offGrid());
    listener.rejected("no_target", chunk.rejected().noTarget());
    double progress = progress(due);
    listener.progress(name, progress);
    status = new SourceStatus(name, progress, chunk.last(), now, trouble(chunk, trouble, progress));
    logProgress(progress, chunk);
    if (cursor.next <= grid.due(now)) {
      return rest.isNegative() ? Duration.ZERO : rest;
    }
    return untilDue(now);
  }

  /** What keeps whole answers from being judged; told as long as it is so. */
  private String trouble(Chunk chunk, String ofSource, double progress) {
    List<String> texts = new ArrayList<>();
    if (!ofSource.isEmpty()) {
      texts.add(ofSource);
    }
    if (chunk.width() > 0) {
      cursor.sampled = chunk.last();
    }
    if (progress >= 1 && chunk.came().isEmpty()) {
      texts.add("no target: it has no series that match " + match);
    } else if (progress >= 1 && chunk.last() - cursor.sampled >= SILENT_MILLIS) {
      texts.add(
          chunk.came().size()
              + " targets but no fresh sample of any signal: are they scraped, do they expose the"
              + " signals, and is the clock here ahead of the source's by more than the delay?");
    }
    chunk
        .refused()
        .forEach(
            (what, why) -> {
              listener.failed(name, Reason.QUERY.label());
              texts.add(what + " is not known: " + why);
            });
    String text = String.join("; ", texts);
    if (!text.isEmpty() && !text.equals(status.failure())) {
      LOG.atWarn()
          .addKeyValue("source", name)
          .addKeyValue("err", text)
          .log("the source answers, but not everything can be judged");
    }
    return text;
  }

  /** How long the source is left alone after a chunk; it may rest while that is judged. */
  private static Duration rest(Chunk chunk, Duration worked) {
    if ((long) chunk.slots() * chunk.width() < EASY) {
      return Duration.ZERO;
    }
    Duration half = worked.dividedBy(2);
    return half.compareTo(LONGEST_REST) < 0 ? half : LONGEST_REST;
  }

  /** Once the present was reached it stays 1: a gap that is filled later is not the history. */
  private double progress(long due) {
    if (status.isLive() || cursor.next > due) {
      return 1;
    }
    double learnt = (double) (cursor.next - cursor.begin) / (due - cursor.begin + grid.step());
    return Math.max(0, learnt);
  }

  private void logProgress(double progress, Chunk chunk) {
    int percent = (int) (progress * 100) / LOG_EVERY_PERCENT * LOG_EVERY_PERCENT;
    if (percent > cursor.logged) {
      cursor.logged = percent;
      LOG.atInfo()
          .addKeyValue("source", name)
          .addKeyValue("progress", percent + "%")
          .addKeyValue("slot", Instant.ofEpochMilli(chunk.last()))
          .addKeyValue("series", chunk.width())
          .log(progress >= 1 ? "history learnt" : "learning history");
    }
  }

  private Duration failed(String reason, String message) {
    boolean getsOn = getsOn();
    cursor.failures = getsOn ? 1 : cursor.failures + 1;
    cursor.answered = source.answered();
    listener.failed(name, reason);
    if (!message.equals(status.failure())) {
      // what a stop or a reload breaks off is no trouble of the source; of many moments one is told
      boolean asked = reason.equals(Reason.INTERRUPTED.label());
      LOG.atLevel(asked || (cursor.failing && getsOn) ? Level.DEBUG : Level.WARN)
          .addKeyValue("source", name)
          .addKeyValue("err", message)
          .log("answer not used, asking again");
    }
    cursor.failing = true;
    SourceStatus last = status;
    status = new SourceStatus(name, last.progress(), last.slot(), last.lastSuccess(), message);
    return Backoff.after(cursor.failures);
  }

  /** Ends what is being read, and asks no more; the source itself stays open. */
  @Override
  public void close() {
    source.close();
  }

  /**
   * Whether some of what was missing since the last failure was answered; of smaller pieces all is.
   */
  private boolean getsOn() {
    return !cursor.halved && source.answered() > cursor.answered;
  }

  /** A wait that ran out after good answers may have been a moment. */
  private boolean tooMuch(Reason reason) {
    return reason == Reason.TOO_LARGE
        || reason == Reason.QUERY
        || (reason == Reason.TIMEOUT && !getsOn());
  }
}
