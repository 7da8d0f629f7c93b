package dev.tidemark.rules.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.rules.model.Model;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.toolkit.yaml.Placed;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All dashboards of a specification. Pure: the same specification gives the same documents. */
public final class Dashboards {
  /** Where they stand below the output folder. */
  public static final String FOLDER = "dashboards/";

  private Dashboards() {}

  /**
   * The dashboards.
   *
   * @param rules what the services' rules record is drawn where there is no exporter
   * @return path below {@link #FOLDER}, with the folder of Grafana before it where the
   *     specification names one, to Grafana's classic JSON; {@link DashboardJson#bytes} writes it
   */
  public static SortedMap<String, JsonNode> of(Model model, List<ServiceRules> rules) {
    Fleet fleet = Fleet.of(model, rules);
    Placed<String> folder = model.dashboards().folder();
    String before = folder == null ? "" : folder.value() + "/";
    SortedMap<String, JsonNode> files = new TreeMap<>();
    for (Board board : boards(fleet)) {
      files.put(before + board.file() + ".json", DashboardJson.of(board.of(fleet)));
    }
    if (model.dashboards().perTeam().value()) {
      SortedMap<String, List<Service>> teams =
          model.services().stream()
              .collect(Collectors.groupingBy(Service::team, TreeMap::new, Collectors.toList()));
      teams.forEach(
          (team, services) -> {
            Board board = new FleetBoard(team);
            files.put(
                before + board.file() + ".json", DashboardJson.of(board.of(fleet.of(services))));
          });
    }
    return files;
  }

  private static List<Board> boards(Fleet fleet) {
    List<Board> boards = new ArrayList<>();
    boards.add(new FleetBoard(""));
    boards.add(new WorkloadBoard());
    boards.add(new InstanceBoard());
    boards.add(new CollectorBoard());
    boards.add(new RemediationBoard());
    boards.add(new CoverageBoard());
    if (fleet.exporter()) {
      boards.add(new ExporterBoard());
    }
    return boards;
  }
}
