package dev.tidemark.toolkit.prometheus;

import com.fasterxml.jackson.core.JsonParser;
import dev.tidemark.toolkit.http.Reply;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Tells whether a complete reply is what was asked for, in the words that queries have for it. */
public final class ApiReply {
  private ApiReply() {}

  /**
   * Of Prometheus' API.
   *
   * @throws PrometheusException where it is an error, or another server's
   */
  public static void prometheus(Reply reply) throws PrometheusException {
    try {
      new Answer(JsonParser::skipChildren)
          .read(reply.status(), reply.headers(), new ByteArrayInputStream(reply.body()));
    } catch (IOException e) {
      throw new PrometheusException(Reason.TRUNCATED, "the answer cannot be read", e);
    }
  }

  /**
   * Of Alertmanager's API, which answers without an envelope.
   *
   * @throws PrometheusException where it is an error, or another server's
   */
  public static void alertmanager(Reply reply) throws PrometheusException {
    if (!reply.ok()) {
      throw Answer.failure(reply.status(), reply.body(), "an Alertmanager's");
    }
    if (!reply.text().stripLeading().startsWith("{")) {
      throw Answer.notJson(
          reply.headers(), "it is no JSON object", new IOException("no JSON object"));
    }
  }
}
