package dev.tidemark.diagnosis.pprof;

/** A line of a function; line and column are 0 when not known. */
public record Line(Function function, long line, long column) {}
