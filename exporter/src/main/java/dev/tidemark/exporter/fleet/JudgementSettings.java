package dev.tidemark.exporter.fleet;

import dev.tidemark.engine.Part;
import dev.tidemark.toolkit.yaml.Default;
import java.util.List;

/**
 * What series are judged by.
 *
 * @param off parts of the judgement that are switched off
 */
public record JudgementSettings(@Default("[]") List<Part> off) {}
