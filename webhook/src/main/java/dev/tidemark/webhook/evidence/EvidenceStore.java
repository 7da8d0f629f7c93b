package dev.tidemark.webhook.evidence;

import dev.tidemark.webhook.journal.Evidence;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps captured files. Thread-safe; every method blocks on disk. */
public interface EvidenceStore {

  /** Fills a file. */
  interface Capture {
    /** Writes the content to a file that does not exist yet. */
    void into(Path file) throws IOException;
  }

  /** What a file measures. */
  record Stored(String name, long bytes, String sha256) {}

  /**
   * Captures a file: into a temporary one, fsync, rename, fsync of the folder. Replaces a file of
   * that name. When the capture throws, nothing stays.
   *
   * @param episode the episode's id
   * @param name letters, digits, {@code . _ -}; IllegalArgumentException otherwise
   */
  Stored put(String episode, String name, Capture capture) throws IOException;

  /** A complete file that is there, measured anew; empty when there is none. */
  Optional<Stored> find(String episode, String name) throws IOException;

  /** Opens a file the journal knows. Throws NoSuchFileException when it is gone. */
  InputStream open(Evidence evidence) throws IOException;

  /** Deletes all of an episode; nothing there is fine. */
  void delete(String episode) throws IOException;
}
