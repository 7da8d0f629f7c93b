package dev.tidemark.exporter.health;

/** The node is short of something, so what ails the target may not be its own fault. */
final class NodePressure implements Rule {
  @Override
  public TroubleClass trouble() {
    return TroubleClass.NODE_PRESSURE;
  }

  @Override
  public boolean hasToLast() {
    return true;
  }

  @Override
  public Finding of(Vitals vitals, HealthConfig config) {
    double unwell = vitals.value(Ids.NODE_UNWELL);
    double free = vitals.value(Ids.NODE_FREE);
    double carries = vitals.value(Ids.NODE_CARRIES);
    double kubelet = vitals.value(Ids.NODE_KUBELET);
    if (unwell >= 1) {
      return Finding.yes(trouble(), "the node reports pressure or is not ready");
    }
    if (free <= config.nodeFree()) {
      return Finding.yes(trouble(), Amounts.percent(free) + " of the node's memory are left");
    }
    if (carries >= config.nodeGoroutines()) {
      return Finding.yes(trouble(), "the node carries " + Amounts.count(carries) + " goroutines");
    }
    if (kubelet >= config.kubeletGoroutines()) {
      return Finding.yes(
          trouble(), "the node's kubelet has " + Amounts.count(kubelet) + " goroutines");
    }
    boolean nothing =
        Double.isNaN(unwell)
            && Double.isNaN(free)
            && Double.isNaN(carries)
            && Double.isNaN(kubelet);
    return nothing
        ? Finding.unknown(trouble(), "anything of the node")
        : Finding.no(trouble(), "the node does not complain");
  }
}
