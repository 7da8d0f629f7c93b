package dev.tidemark.diagnosis.finding;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What we make of something; the order is from harmless to bad. */
public enum Verdict {
  @JsonProperty("normal")
  NORMAL,
  @JsonProperty("suspect")
  SUSPECT,
  @JsonProperty("leak")
  LEAK;

  /** As it is written in JSON and text. */
  public String text() {
    return switch (this) {
      case NORMAL -> "normal";
      case SUSPECT -> "suspect";
      case LEAK -> "leak";
    };
  }
}
