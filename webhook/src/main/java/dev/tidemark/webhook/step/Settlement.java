package dev.tidemark.webhook.step;

/** What is known of an intent without outcome. */
public sealed interface Settlement {

  /** It happened, or it failed: this is its outcome. */
  record Ended(StepResult result) implements Settlement {}

  /** It has not happened, or doing it twice does no harm. */
  record Repeat(String reason) implements Settlement {}

  /** Not known yet. */
  record AskAgain(String reason) implements Settlement {}

  /** Cannot be known. */
  record Unknown(String reason) implements Settlement {}
}
