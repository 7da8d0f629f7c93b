package dev.tidemark.rules.dashboard;

/** Where clicks go: the next dashboard, with the time and what was chosen or clicked. */
final class Urls {
  private static final String CLUSTER = "&${cluster:queryparam}";

  private Urls() {}

  /** From a row of a table to its workload. */
  static String workloadOfRow(Fleet fleet) {
    return start(WorkloadBoard.UID) + CLUSTER + row(fleet);
  }

  /** The same where no cluster is chosen. */
  static String workloadOfRowAnywhere(Fleet fleet) {
    return start(WorkloadBoard.UID) + row(fleet);
  }

  /** From a row of a table to its target. */
  static String targetOfRow(Fleet fleet) {
    return start(InstanceBoard.UID) + CLUSTER + row(fleet) + "&var-pod=${__data.fields.pod}";
  }

  /** From a series of a chosen workload to its target. */
  static String targetOfSeries(Fleet fleet) {
    return start(InstanceBoard.UID)
        + CLUSTER
        + place(fleet, "__field.labels.")
        + "&${workload:queryparam}&var-pod=${__field.labels.pod}";
  }

  private static String start(String uid) {
    return "/d/" + uid + "?${__url_time_range}&${datasource:queryparam}";
  }

  private static String row(Fleet fleet) {
    return place(fleet, "__data.fields.") + "&var-workload=${__data.fields.workload}";
  }

  private static String place(Fleet fleet, String of) {
    return fleet.hasPods() ? "&var-namespace=${" + of + "namespace}" : "";
  }
}
