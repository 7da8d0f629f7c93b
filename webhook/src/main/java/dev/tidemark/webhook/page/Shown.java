package dev.tidemark.webhook.page;

import static dev.tidemark.webhook.page.Tag.tag;

import dev.tidemark.webhook.journal.Episode;

/** How the pages show values that come from outside or from a closed set. */
final class Shown {
  /** Longer values would bury the page; the API gives them whole. */
  private static final int MAX = 600;

  private Shown() {}

  static String cut(String text) {
    return cut(text, MAX);
  }

  static String cut(String text, int max) {
    if (text.length() <= max) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return text.substring(0, end) + "… (" + text.length() + " characters)";
  }

  /** A coloured word: the style sheet knows the words, and a reader without colours reads them. */
  static Html badge(String word) {
    return tag("span", word).attr("class", "badge " + word.replaceAll("[^a-z-]", ""));
  }

  static Html outcome(Episode e) {
    if (e.outcome() == null) {
      return Html.text(cut(e.outcomeText()));
    }
    Html text = e.outcomeText().isEmpty() ? Html.NONE : Html.text(" " + cut(e.outcomeText()));
    return Html.all(
        badge(e.outcome().text()), text, e.escalated() ? badge("escalated") : Html.NONE);
  }
}
