package dev.tidemark.e2e.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** HTTP as a test's user has it: short timeouts, no retries. Thread-safe. */
public final class Http {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /**
   * The body of a 200 answer; any other status is an IOException that tells the body's beginning.
   */
  public String get(String url) throws IOException, InterruptedException {
    return checked(url, client.send(request(url).GET().build(), utf8()));
  }

  /** The same, as it was sent. */
  public byte[] bytes(String url) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(request(url).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(url + " answered " + response.statusCode());
    }
    return response.body();
  }

  public JsonNode json(String url) throws IOException, InterruptedException {
    return JSON.readTree(get(url));
  }

  public String post(String url, String body, String... headers)
      throws IOException, InterruptedException {
    return checked(url, send(url, body, headers));
  }

  /** The answer whatever its status. */
  public HttpResponse<String> send(String url, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request(url).POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), utf8());
  }

  /** The status of the answer to a GET. */
  public int status(String url) throws IOException, InterruptedException {
    return client.send(request(url).GET().build(), utf8()).statusCode();
  }

  /** Whether it answers 200 now. */
  public boolean answers(String url) throws InterruptedException {
    try {
      String unused = get(url);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  public static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT);
  }

  private static HttpResponse.BodyHandler<String> utf8() {
    return HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8);
  }

  private static String checked(String url, HttpResponse<String> response) throws IOException {
    if (response.statusCode() != 200) {
      String body = response.body();
      throw new IOException(
          url
              + " answered "
              + response.statusCode()
              + ": "
              + body.substring(0, Math.min(300, body.length())).strip());
    }
    return response.body();
  }
}
