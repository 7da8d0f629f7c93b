package dev.tidemark.webhook.intake;

import dev.tidemark.webhook.alert.Alert;
import dev.tidemark.webhook.alert.AlertStatus;
import dev.tidemark.webhook.alert.Fingerprint;
import dev.tidemark.webhook.intake.BadPayload.Reason;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one alert of a group. */
final class AlertReader {
  /** What Go writes for no time at all: the end of an alert that still fires. */
  private static final Instant NO_TIME = Instant.parse("0001-01-01T00:00:00Z");

  Alert read(JsonWalk json, int index) throws BadPayload, IOException {
    Fields fields = new Fields();
    json.object(name -> fields.take(name, json));
    return fields.alert("alerts[" + index + "]: ");
  }

  static AlertStatus status(String place, String text) throws BadPayload {
    return switch (text) {
      case "firing" -> AlertStatus.FIRING;
      case "resolved" -> AlertStatus.RESOLVED;
      default ->
          throw new BadPayload(
              Reason.VALUE,
              place + ": expected firing or resolved, found \"" + JsonWalk.shown(text) + "\"");
    };
  }

  private static final class Fields {
    private @Nullable String status;
    private @Nullable String fingerprint;
    private @Nullable Instant startsAt;
    private @Nullable Instant endsAt;
    private String generatorUrl = "";
    private @Nullable Map<String, String> labels;
    private Map<String, String> annotations = Map.of();

    void take(String name, JsonWalk json) throws BadPayload, IOException {
      switch (name) {
        case "status" -> status = json.string();
        case "labels" -> labels = json.strings();
        case "annotations" -> annotations = json.strings();
        case "startsAt" -> startsAt = time(json);
        case "endsAt" -> endsAt = time(json);
        case "generatorURL" -> generatorUrl = json.string();
        case "fingerprint" -> fingerprint = json.string();
        default -> json.skip();
      }
    }

    Alert alert(String place) throws BadPayload {
      Missing missing = new Missing(place);
      String state = missing.require("status", status);
      Map<String, String> set = missing.require("labels", labels, Map.of());
      Instant start = missing.require("startsAt", startsAt, NO_TIME);
      String print = missing.require("fingerprint", fingerprint);
      boolean resolved = state.equals("resolved");
      Instant end = resolved && !NO_TIME.equals(endsAt) ? endsAt : null;
      if (resolved) {
        missing.require("endsAt", end, NO_TIME);
      }
      missing.check();
      if (set.isEmpty()) {
        throw new BadPayload(Reason.MISSING, place + "labels is empty");
      }
      return new Alert(
          status(place + "status", state),
          new TreeMap<>(set),
          new TreeMap<>(annotations),
          start,
          end,
          generatorUrl,
          fingerprint(place, print));
    }

    private static Fingerprint fingerprint(String place, String text) throws BadPayload {
      try {
        return new Fingerprint(text);
      } catch (IllegalArgumentException e) {
        throw new BadPayload(Reason.VALUE, place + e.getMessage());
      }
    }

    /** RFC 3339, as Go writes times: years 1 to 9999, any offset, up to nanoseconds. */
    private static Instant time(JsonWalk json) throws BadPayload, IOException {
      String text = json.string();
      try {
        OffsetDateTime time = OffsetDateTime.parse(text);
        if (text.length() <= 40 && time.getYear() >= 1 && time.getYear() <= 9999) {
          return time.toInstant();
        }
      } catch (DateTimeException e) {
        // told below, in our own words
      }
      throw json.wrong(
          Reason.VALUE,
          "expected a time such as 2026-01-31T08:00:00Z, found \"" + JsonWalk.shown(text) + "\"");
    }
  }
}
