package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.List;
import java.util.Map;

/** While an alert that matches the source fires, those that match the target are held back. */
public record InhibitSpec(
    Place place,
    Map<String, Placed<String>> source,
    Map<String, Placed<String>> target,
    List<Placed<String>> equal) {}
