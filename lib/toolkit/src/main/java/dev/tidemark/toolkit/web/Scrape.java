package dev.tidemark.toolkit.web;

import io.prometheus.metrics.exporter.common.PrometheusHttpExchange;
import io.prometheus.metrics.exporter.common.PrometheusHttpRequest;
import io.prometheus.metrics.exporter.common.PrometheusHttpResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One scrape in the shape the metrics library wants, kept in memory until it is complete. */
final class Scrape
    implements PrometheusHttpExchange, PrometheusHttpRequest, PrometheusHttpResponse {
  private final String path;
  private final @Nullable String query;
  private final String method;
  private final MultiMap requestHeaders;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(64 * 1024);
  private int status = 200;

  Scrape(HttpServerRequest request) {
    this.path = request.path();
    this.query = request.query();
    this.method = request.method().name();
    this.requestHeaders = request.headers();
  }

  void answer(RoutingContext context) {
    var response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(status);
    headers.forEach(response::putHeader);
    response.end(method.equals("HEAD") ? Buffer.buffer() : Buffer.buffer(body.toByteArray()));
  }

  @Override
  public PrometheusHttpRequest getRequest() {
    return this;
  }

  @Override
  public PrometheusHttpResponse getResponse() {
    return this;
  }

  @Override
  public String getRequestPath() {
    return path;
  }

  @Override
  public @Nullable String getQueryString() {
    return query;
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return Collections.enumeration(requestHeaders.getAll(name));
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public void setHeader(String name, String value) {
    // the server frames the body itself
    if (!name.toLowerCase(Locale.ROOT).equals("transfer-encoding")) {
      headers.put(name, value);
    }
  }

  @Override
  public OutputStream sendHeadersAndGetBody(int statusCode, int contentLength) {
    status = statusCode;
    return body;
  }

  @Override
  public void handleException(IOException e) throws IOException {
    throw e;
  }

  @Override
  public void handleException(RuntimeException e) {
    throw e;
  }

  @Override
  public void close() {}
}
