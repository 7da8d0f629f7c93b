package dev.tidemark.webhook.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.tidemark.webhook.alert.Notification;
import dev.tidemark.webhook.intake.BadPayload.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads Alertmanager's webhook payload, version 4, as 0.22 to 0.34 send it (notify/webhook and
 * template/template.go). Keys it does not know are skipped, for newer versions add some; everything
 * it uses is checked. Immutable, so any thread may read.
 */
public final class PayloadReader {
  private final PayloadLimits limits;
  private final JsonFactory factory;

  public PayloadReader(PayloadLimits limits) {
    this.limits = limits;
    this.factory = JsonWalk.factory(limits);
  }

  /**
   * The notification in a body.
   *
   * @throws BadPayload when it is not one; nothing of it may be used then
   */
  public Notification read(byte[] body) throws BadPayload {
    CharBuffer text = decode(body);
    try {
      checkVersion(text);
      GroupReader group = new GroupReader(limits);
      try (JsonWalk json = walk(text)) {
        json.document(name -> group.field(name, json));
      }
      return group.finish();
    } catch (StreamConstraintsException e) {
      throw JsonWalk.refused(e, Reason.LIMIT);
    } catch (JsonProcessingException e) {
      throw JsonWalk.refused(e, Reason.JSON);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  /** First, and over the whole text: another version may give every other field another meaning. */
  private void checkVersion(CharBuffer text) throws BadPayload, IOException {
    String[] version = new String[1];
    try (JsonWalk json = walk(text)) {
      json.document(
          name -> {
            if (name.equals("version")) {
              version[0] = json.string();
            } else {
              json.skip();
            }
          });
    }
    if (version[0] == null) {
      throw new BadPayload(
          Reason.VERSION,
          "no \"version\": expected Alertmanager's own payload, version \"4\""
              + " (a receiver with its own `payload:` template is not supported)");
    }
    if (!version[0].equals("4")) {
      throw new BadPayload(
          Reason.VERSION,
          "version is \"" + JsonWalk.shown(version[0]) + "\": expected \"4\", Alertmanager's own");
    }
  }

  private JsonWalk walk(CharBuffer text) throws IOException {
    return new JsonWalk(factory, text.array(), text.limit(), limits);
  }

  private static CharBuffer decode(byte[] body) throws BadPayload {
    CharBuffer text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException e) {
      throw new BadPayload(Reason.ENCODING, "the body is not UTF-8");
    }
    if (text.hasRemaining() && text.get(0) == '\uFEFF') {
      throw new BadPayload(Reason.ENCODING, "the body starts with a byte order mark");
    }
    return text;
  }
}
