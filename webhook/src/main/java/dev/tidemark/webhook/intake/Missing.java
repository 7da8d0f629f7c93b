package dev.tidemark.webhook.intake;

import dev.tidemark.webhook.intake.BadPayload.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the required fields that did not come, so that all are named at once. */
final class Missing {
  private final String place;
  private final List<String> names = new ArrayList<>();

  Missing(String place) {
    this.place = place;
  }

  String require(String name, @Nullable String value) {
    return require(name, value, "");
  }

  <T> T require(String name, @Nullable T value, T instead) {
    if (value != null) {
      return value;
    }
    names.add(name);
    return instead;
  }

  void check() throws BadPayload {
    if (!names.isEmpty()) {
      throw new BadPayload(Reason.MISSING, place + "missing " + String.join(", ", names));
    }
  }
}
