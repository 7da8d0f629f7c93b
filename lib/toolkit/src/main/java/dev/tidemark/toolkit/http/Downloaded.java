package dev.tidemark.toolkit.http;

import java.nio.file.Path;

/**
 * A file that is complete and on disk.
 *
 * @param sha256 of the bytes in the file, lower-case hex
 * @param contentType as the server named it, or empty
 */
public record Downloaded(Path file, long bytes, String sha256, String contentType) {}
