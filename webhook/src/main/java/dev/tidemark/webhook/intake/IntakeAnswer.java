package dev.tidemark.webhook.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.webhook.journal.Receipt;

/** What a notification's sender is told. */
record IntakeAnswer(int status, String body) {

  static IntakeAnswer stored(Receipt receipt) {
    return new IntakeAnswer(
        200, json().put("receipt", receipt.id()).put("duplicateOf", receipt.duplicateOf()) + "\n");
  }

  static IntakeAnswer error(int status, String reason, String message) {
    return new IntakeAnswer(status, json().put("error", message).put("reason", reason) + "\n");
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
