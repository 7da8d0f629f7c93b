package dev.tidemark.webhook.step.pprof;

import dev.tidemark.webhook.evidence.EvidenceStore;
import dev.tidemark.webhook.journal.Evidence;
import dev.tidemark.webhook.playbook.PprofSpec;
import dev.tidemark.webhook.playbook.Profile;
import dev.tidemark.webhook.step.StepContext;
import dev.tidemark.webhook.step.StepResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one attempt of the step has captured so far. */
final class Captures {
  private static final Pattern TOTAL = Pattern.compile("goroutine profile: total (\\d{1,12})");

  private final PprofSpec spec;
  private final ProfileFetch fetch;
  private final EvidenceStore store;
  private final StepContext context;
  private final long end;
  private final List<Evidence> captured = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private boolean failed;

  Captures(PprofSpec spec, ProfileFetch fetch, EvidenceStore store, StepContext context) {
    this.spec = spec;
    this.fetch = fetch;
    this.store = store;
    this.context = context;
    this.end = System.nanoTime() + context.time().toNanos();
  }

  static String fileName(StepContext context, Profile profile) {
    return String.format(Locale.ROOT, "%02d-%s", context.number() + 1, profile.fileName());
  }

  static Evidence evidence(StepContext context, Profile profile, EvidenceStore.Stored stored) {
    return new Evidence(
        context.episode().id(),
        context.stepId(),
        stored.name(),
        profile.isText() ? "text/plain; charset=utf-8" : "application/octet-stream",
        stored.bytes(),
        stored.sha256(),
        context.now());
  }

  /** Captures a profile, or notes why it could not be. */
  void take(Profile profile) {
    try {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      if (left.isNegative() || left.isZero()) {
        throw new IOException("the step's deadline has passed");
      }
      Duration timeout = left.compareTo(spec.timeout()) < 0 ? left : spec.timeout();
      EvidenceStore.Stored stored =
          store.put(
              context.episode().id(),
              fileName(context, profile),
              file ->
                  fetch.fetch(context.target(), profile, file, spec.maxBytes().bytes(), timeout));
      captured.add(evidence(context, profile, stored));
      told.add(profile + " " + stored.bytes() + " bytes");
    } catch (ProfileFetch.NoSuchProfile e) {
      if (profile.isOptional()) {
        leaveOut(profile, "the target has none");
      } else {
        fail(profile, e);
      }
    } catch (IOException e) {
      fail(profile, e);
    }
  }

  void leaveOut(Profile profile, String why) {
    told.add(profile + " left out (" + why + ")");
  }

  /**
   * How many goroutines there are, by the cheap profile, which is captured for it where it was not.
   */
  OptionalLong goroutines(Profile counts) {
    String name = fileName(context, counts);
    if (captured.stream().noneMatch(evidence -> evidence.name().equals(name))) {
      take(counts);
    }
    for (Evidence evidence : captured) {
      if (evidence.name().equals(name)) {
        return total(evidence);
      }
    }
    return OptionalLong.empty();
  }

  StepResult result() {
    String text = String.join("; ", told);
    return (failed ? StepResult.failed(text) : StepResult.ok(text)).with(captured);
  }

  private void fail(Profile profile, IOException e) {
    failed = true;
    told.add(profile + " failed: " + e.getMessage());
  }

  private OptionalLong total(Evidence evidence) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(store.open(evidence), StandardCharsets.UTF_8))) {
      char[] head = new char[100];
      int read = lines.read(head);
      Matcher total = TOTAL.matcher(read < 0 ? "" : new String(head, 0, read));
      return total.lookingAt()
          ? OptionalLong.of(Long.parseLong(String.valueOf(total.group(1))))
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
