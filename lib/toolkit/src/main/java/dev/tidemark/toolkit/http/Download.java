package dev.tidemark.toolkit.http;

import dev.tidemark.toolkit.http.HttpFailure.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes a reply beside its target, then moves it there once it is on disk. */
final class Download implements ReplyReader<Downloaded, HttpFailure> {
  private final Path target;

  Download(Path target) {
    this.target = target.toAbsolutePath();
  }

  @Override
  public Downloaded read(int status, HttpHeaders headers, InputStream body)
      throws IOException, HttpFailure {
    if (status / 100 != 2) {
      String start = new String(body.readNBytes(200), StandardCharsets.UTF_8).strip();
      throw new HttpFailure(Reason.STATUS, true, "answered " + status + ": " + start, null);
    }
    try (PartFile part = new PartFile(target)) {
      byte[] buffer = new byte[64 * 1024];
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        part.write(buffer, read);
      }
      part.finish();
      String type = headers.firstValue("Content-Type").orElse("");
      return new Downloaded(target, part.bytes(), part.sha256(), type);
    } catch (UncheckedIOException e) {
      throw new HttpFailure(
          Reason.STORAGE, true, "cannot write " + target + ": " + e.getCause(), e);
    }
  }
}
