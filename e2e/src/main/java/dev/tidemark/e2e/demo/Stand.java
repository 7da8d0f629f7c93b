package dev.tidemark.e2e.demo;

import dev.tidemark.e2e.server.Program;
import dev.tidemark.e2e.server.Prometheus;
import dev.tidemark.e2e.server.WebhookApi;

/** Everything that runs once the demo is set up. */
record Stand(
    Fleet fleet, Prometheus prometheus, Program exporter, Program webhook, WebhookApi api) {}
