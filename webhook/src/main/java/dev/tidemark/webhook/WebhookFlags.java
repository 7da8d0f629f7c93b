package dev.tidemark.webhook;

import dev.tidemark.toolkit.launch.ServerFlags;
import dev.tidemark.webhook.journal.CrashPoint;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags of the server. */
final class WebhookFlags {
  @Mixin ServerFlags server = new ServerFlags("webhook.yml", "127.0.0.1:9478", "data");

  @Option(
      names = "--web.allow-unauthenticated",
      description =
          "Serve a public address without users in --web.config.file; mode auto is off then.")
  boolean allowUnauthenticated;

  @Option(
      names = "--test.crash-at",
      hidden = true,
      paramLabel = "POINT[:TIMES]",
      description = "Halt the program at a crash point, for tests.")
  @Nullable String crashAt;

  /** Where a test wants the process to die: the point, and at which passing of it. */
  record Crash(CrashPoint point, int times) {
    /** IllegalArgumentException names the points. */
    static Crash parse(String text) {
      int colon = text.indexOf(':');
      CrashPoint point = CrashPoint.find(colon < 0 ? text : text.substring(0, colon));
      String times = colon < 0 ? "1" : text.substring(colon + 1);
      if (point == null || !times.matches("[1-9]\\d{0,5}")) {
        throw new IllegalArgumentException(
            "--test.crash-at needs POINT or POINT:TIMES, with a point of 1 to "
                + CrashPoint.values().length
                + " or its name");
      }
      return new Crash(point, Integer.parseInt(times));
    }
  }
}
