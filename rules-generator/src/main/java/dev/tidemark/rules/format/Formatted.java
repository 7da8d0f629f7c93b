package dev.tidemark.rules.format;

import java.util.List;

/**
 * A text with its expressions laid out.
 *
 * @param text the same text where nothing changed
 */
public record Formatted(String text, List<Note> notes) {
  public Formatted {
    notes = List.copyOf(notes);
  }

  public long count(Note.Kind kind) {
    return notes.stream().filter(note -> note.kind() == kind).count();
  }
}
