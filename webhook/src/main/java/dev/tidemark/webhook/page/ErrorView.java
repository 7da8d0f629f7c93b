package dev.tidemark.webhook.page;

import static dev.tidemark.webhook.page.Tag.link;
import static dev.tidemark.webhook.page.Tag.tag;

import dev.tidemark.webhook.access.Caller;
import dev.tidemark.webhook.journal.Pause;
import java.time.Instant;
import java.util.Set;

/** A page that says what went wrong; it reads nothing, for the journal may be what is wrong. */
final class ErrorView {
  private ErrorView() {}

  static String render(String message) {
    Frame frame = new Frame(new Pause(false, Instant.EPOCH, "", ""), new Caller("", Set.of()));
    return frame.page(
        "Not possible",
        Html.all(
            tag("h1", "Not possible"), tag("p", message), tag("p", link("/", "All episodes"))));
  }
}
