package dev.tidemark.rules.spec;

import dev.tidemark.toolkit.yaml.Placed;

/** How many targets a service has when it is busy. */
public record FleetSpec(Placed<Integer> replicas) {}
