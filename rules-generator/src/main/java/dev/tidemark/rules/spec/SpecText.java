package dev.tidemark.rules.spec;

/** The text of one file; the name is for messages. */
public record SpecText(String file, String text) {}
