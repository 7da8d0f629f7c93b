package dev.tidemark.e2e.demo;

/** What the demo waits for, in order. */
enum Stage {
  LEAK_ON("leak switched on"),
  SUSPECTED("leak state 1: suspected"),
  CONFIRMED("leak state 2: confirmed"),
  PENDING("alert pending"),
  FIRING("alert firing"),
  ON_DISK("notification on disk"),
  EVIDENCE("evidence saved"),
  FINDING("leak explained"),
  KILLED("webhook killed in mid-step"),
  RESTARTED("service restarted once"),
  SETTLED("step settled after the crash"),
  VERIFIED("verified by slope"),
  RESOLVED("alert resolved"),
  CLOSED("episode closed");

  private final String title;

  Stage(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
