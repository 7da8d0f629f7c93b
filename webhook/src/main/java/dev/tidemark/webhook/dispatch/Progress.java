package dev.tidemark.webhook.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidemark.webhook.verify.Proof;
import dev.tidemark.webhook.verify.Trend;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an execution has measured and counted so far, as it stands in the journal. Times are epoch
 * milliseconds, 0: not yet.
 *
 * @param approvalAskedAt when people were first asked
 * @param settleUntil until when the step at hand may stay unsettled
 * @param before each signal's trend before the steps
 * @param checks the verification's counts, in the order of the playbook
 */
record Progress(
    long approvalAskedAt, long settleUntil, Map<String, Trend> before, List<Check> checks) {

  static final Progress NONE = new Progress(0, 0, Map.of(), List.of());

  /** What another release added is passed over; questions such as {@code isKnown} are no data. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .build();

  Progress(
      long approvalAskedAt,
      long settleUntil,
      @Nullable Map<String, Trend> before,
      @Nullable List<Check> checks) {
    this.approvalAskedAt = approvalAskedAt;
    this.settleUntil = settleUntil;
    this.before = before == null ? Map.of() : Map.copyOf(before);
    this.checks = checks == null ? List.of() : List.copyOf(checks);
  }

  /**
   * One check.
   *
   * @param nextAt when it is asked next
   * @param good successes in a row
   * @param bad failures
   * @param blind answers without data
   * @param proof null while it goes on
   */
  record Check(long nextAt, int good, int bad, int blind, @Nullable Proof proof) {
    Check at(long next) {
      return new Check(next, good, bad, blind, proof);
    }

    Check concluded(Proof.Kind kind, String text) {
      return new Check(nextAt, good, bad, blind, new Proof(kind, text));
    }
  }

  static Progress of(String json) {
    try {
      return json.isEmpty() ? NONE : JSON.readValue(json, Progress.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the progress in the journal is damaged", e);
    }
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("progress cannot be written", e);
    }
  }

  Progress asked(long at) {
    return new Progress(at, settleUntil, before, checks);
  }

  Progress settleUntil(long at) {
    return new Progress(approvalAskedAt, at, before, checks);
  }

  Progress before(Map<String, Trend> trends) {
    return new Progress(approvalAskedAt, settleUntil, trends, checks);
  }

  Progress checks(List<Check> newest) {
    return new Progress(approvalAskedAt, settleUntil, before, newest);
  }
}
