package dev.tidemark.e2e.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The stages reached and when, since the leak began; told on screen as they come. One thread. */
final class Timeline {
  private final Screen screen;
  private final Instant leakBegan;
  private final List<Reached> reached = new ArrayList<>();

  Timeline(Screen screen, Instant leakBegan) {
    this.screen = screen;
    this.leakBegan = leakBegan;
  }

  /** A stage and the time from the leak's beginning to it. */
  record Reached(Stage stage, Duration after) {}

  void reach(Stage stage, String text) {
    Reached now = new Reached(stage, Duration.between(leakBegan, Instant.now()));
    reached.add(now);
    screen.stage(now.after(), text);
  }

  List<Reached> reached() {
    return List.copyOf(reached);
  }
}
