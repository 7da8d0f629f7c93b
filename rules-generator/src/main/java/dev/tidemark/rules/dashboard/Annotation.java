package dev.tidemark.rules.dashboard;

/**
 * Marks moments on all panels.
 *
 * @param query a series for each moment
 * @param title with {@code {{label}}}
 * @param timeIsValue whether the values are the moments, in milliseconds
 */
record Annotation(String name, Query query, String title, String color, boolean timeIsValue) {}
