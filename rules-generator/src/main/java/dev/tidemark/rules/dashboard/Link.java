package dev.tidemark.rules.dashboard;

/** To all dashboards with a tag, with the time and what is chosen. */
record Link(String title, String tag) {}
