package dev.tidemark.webhook.step.pprof;

import dev.tidemark.toolkit.http.Bounds;
import dev.tidemark.toolkit.http.HttpConfig;
import dev.tidemark.toolkit.http.HttpFailure;
import dev.tidemark.toolkit.http.OutgoingHttp;
import dev.tidemark.toolkit.http.OutgoingRequest;
import dev.tidemark.webhook.playbook.Profile;
import dev.tidemark.webhook.playbook.StaticTarget;
import dev.tidemark.webhook.step.Destinations;
import dev.tidemark.webhook.step.Said;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** Asks the address that the configuration names; no label takes part in it. */
public final class HttpProfileFetch implements ProfileFetch {
  private final Destinations destinations;

  public HttpProfileFetch(Destinations destinations) {
    this.destinations = destinations;
  }

  @Override
  public void fetch(
      StaticTarget target, Profile profile, Path file, long maxBytes, Duration timeout)
      throws IOException {
    HttpConfig config = target.http() == null ? HttpConfig.NONE : target.http();
    OutgoingHttp http = destinations.of("target " + target.name(), config);
    Answered answered;
    try {
      answered =
          http.<Answered, HttpFailure>stream(
              OutgoingRequest.get(target.profile(profile)),
              new Bounds(maxBytes, timeout),
              (status, headers, body) -> save(status, body, file));
    } catch (HttpFailure e) {
      throw new IOException(e.getMessage(), e);
    }
    String text = "answered " + answered.status() + ": " + answered.said();
    if (answered.status() == 404) {
      throw new NoSuchProfile(text);
    }
    if (answered.status() != 200) {
      throw new IOException(text);
    }
  }

  private record Answered(int status, String said) {}

  private static Answered save(int status, InputStream body, Path file) throws IOException {
    if (status == 200) {
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
        body.transferTo(out);
      }
      return new Answered(status, "");
    }
    return new Answered(
        status, Said.shortly(new String(body.readNBytes(1000), StandardCharsets.UTF_8)));
  }
}
