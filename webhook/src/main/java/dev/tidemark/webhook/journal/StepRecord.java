package dev.tidemark.webhook.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of an execution: its intent and its outcome.
 *
 * @param id {@code <execution>-<phase>-<index>}: what goes out as Idempotency-Key
 * @param kind {@code pprof}, {@code diagnose}, {@code heapDiff}, {@code http}, {@code notify},
 *     {@code slope}, {@code promql}
 * @param intent what it was about to do, in one sentence without secrets
 * @param outcomeAt null while only intended
 * @param text what came of it, in one sentence; empty while only intended
 * @param attempts how often the effect was begun
 */
public record StepRecord(
    String id,
    String episode,
    StepPhase phase,
    int index,
    String kind,
    StepState state,
    Instant intendedAt,
    String intent,
    @Nullable Instant outcomeAt,
    String text,
    int attempts)
    implements Entry {}
