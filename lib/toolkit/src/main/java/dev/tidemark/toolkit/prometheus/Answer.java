package dev.tidemark.toolkit.prometheus;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.tidemark.toolkit.http.ReplyReader;
import dev.tidemark.toolkit.prometheus.ApiAnswer.Envelope;
import dev.tidemark.toolkit.prometheus.ApiAnswer.Malformed;
import dev.tidemark.toolkit.prometheus.PrometheusException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.util.List;

/** Turns one reply into warnings, with its data given away while it arrives, or into a reason. */
final class Answer implements ReplyReader<List<String>, PrometheusException> {
  // an error of the API is one line; an error page is not read to its end
  private static final int MAX_ERROR_BYTES = 64 * 1024;

  private final ApiAnswer.DataReader data;
  private boolean begun;

  Answer(ApiAnswer.DataReader data) {
    this.data = data;
  }

  /** Whether a reply began, so that a failure after it means that it broke off. */
  boolean begun() {
    return begun;
  }

  @Override
  public List<String> read(int status, HttpHeaders headers, InputStream body)
      throws IOException, PrometheusException {
    begun = true;
    if (status / 100 != 2) {
      throw failure(status, body.readNBytes(MAX_ERROR_BYTES), "a Prometheus'");
    }
    try {
      Envelope envelope = ApiAnswer.read(body, data);
      if (!envelope.success()) {
        throw ApiAnswer.refused(envelope.errorType(), envelope.error(), status);
      }
      if (!envelope.hasData()) {
        throw new Malformed("it has no data");
      }
      return envelope.warnings();
    } catch (JsonEOFException e) {
      throw new PrometheusException(Reason.TRUNCATED, "the answer ends before it is complete", e);
    } catch (Malformed e) {
      throw notJson(headers, String.valueOf(e.getMessage()), e);
    } catch (JsonProcessingException e) {
      throw notJson(headers, e.getOriginalMessage(), e);
    }
  }

  /**
   * @param whose address it should be: {@code a Prometheus'}
   */
  static PrometheusException failure(int status, byte[] start, String whose) {
    if (status == 401 || status == 403) {
      return new PrometheusException(
          Reason.AUTH, "the server answered " + status + ": check the credentials", null);
    }
    try {
      Envelope envelope = ApiAnswer.read(new ByteArrayInputStream(start), JsonParser::skipChildren);
      if (!envelope.success()) {
        return ApiAnswer.refused(envelope.errorType(), envelope.error(), status);
      }
    } catch (IOException e) {
      // not the API's own error: a proxy in between, or another server
    }
    String hint =
        status == 404 ? ": is this " + whose + " address, with its path prefix if any?" : "";
    return new PrometheusException(Reason.STATUS, "the server answered " + status + hint, null);
  }

  static PrometheusException notJson(HttpHeaders headers, String why, Exception cause) {
    String type = headers.firstValue("Content-Type").orElse("no content type");
    String said =
        type.startsWith("text/html")
            ? "a web page: a login or a proxy in between?"
            : ApiAnswer.oneLine(why);
    String message = "the answer (" + ApiAnswer.oneLine(type) + ") is not the API's: " + said;
    return new PrometheusException(Reason.NOT_JSON, message, cause);
  }
}
