package dev.tidemark.rules.runbook;

import dev.tidemark.rules.catalogue.AlertCatalogue;
import dev.tidemark.rules.explain.AlertPage;
import dev.tidemark.rules.rule.AlertName;
import dev.tidemark.rules.rule.CatalogueEntry;
import dev.tidemark.rules.rule.Rule;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.rule.Template;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The first runbook of every alert: what it means, what it asks, what to look at and to do. */
public final class Runbooks {
  /** A link to another alert's page, or to one of the other docs. */
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\(([^)]*)\\.md(#[^)]*)?\\)");

  private final List<ServiceRules> services;
  private final SortedMap<String, String> runbooks = new TreeMap<>();

  private Runbooks(List<ServiceRules> services) {
    this.services = services;
  }

  /** Markdown by the name of the alert, as the first service that has it needs it. */
  public static SortedMap<String, String> of(List<ServiceRules> services) {
    Runbooks all = new Runbooks(services);
    for (ServiceRules service : services) {
      for (TestedRule tested : service.rules()) {
        all.runbooks.computeIfAbsent(tested.rule().alert(), name -> all.text(service, tested));
      }
    }
    return all.runbooks;
  }

  private String text(ServiceRules service, TestedRule tested) {
    Rule rule = tested.rule();
    String body =
        tested
            .entry()
            .map(CatalogueEntry::id)
            .flatMap(AlertPage::of)
            .map(this::ofPage)
            .orElseGet(() -> ofOwn(rule));
    return "# "
        + title(rule.alert())
        + "\n\n"
        + body.strip()
        + "\n\n## Expression\n\nAs "
        + service.service().name().value()
        + " of "
        + service.service().team()
        + " has it; other services ask for their own targets.\n\n"
        + code(rule.text())
        + "\n";
  }

  /**
   * Without the title and the table of parameters, which are for those who write specifications.
   */
  private String ofPage(String page) {
    String body =
        page.lines()
            .dropWhile(line -> !line.startsWith("## "))
            .filter(line -> !line.startsWith("|"))
            .collect(Collectors.joining("\n"))
            .replaceAll("\n{3,}", "\n\n");
    return LINK.matcher(body).replaceAll(this::linked);
  }

  /** To the runbook where there is one, else only the words. */
  private String linked(MatchResult link) {
    Optional<String> alert =
        AlertCatalogue.find(link.group(2))
            .map(CatalogueEntry::alert)
            .filter(
                name ->
                    services.stream()
                        .flatMap(s -> s.rules().stream())
                        .anyMatch(r -> r.rule().alert().equals(name)));
    String text =
        alert
            .map(name -> "[" + link.group(1) + "](" + AlertName.encoded(name) + ".md)")
            .orElse(link.group(1));
    return text.replace("\\", "\\\\").replace("$", "\\$");
  }

  private static String ofOwn(Rule rule) {
    Template summary = new TreeMap<>(rule.annotations()).get("summary");
    return "## Meaning\n\n"
        + (summary == null ? "" : plain(summary.text()))
        + "\n\n## Impact\n\nWrite what users notice, and how soon.\n\n## Diagnosis\n\n"
        + "1. Look at the expression below in Prometheus, without its threshold, over a day.\n"
        + "2. Write what to look at next.\n\n## Mitigation\n\nWrite what to do first, and what undoes"
        + " it.\n\n## When it is wrong\n\nWrite when it fires although all is well.\n";
  }

  private static String title(String alert) {
    return AlertName.encoded(alert).equals(alert) ? alert : plain(alert);
  }

  /** One line that Markdown shows as it is. */
  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("([\\\\`*_{}\\[\\]<>#|])", "\\\\$1");
  }

  /** In a fence longer than any in it. */
  private static String code(String text) {
    StringBuilder fence = new StringBuilder("```");
    while (text.contains(fence)) {
      fence.append('`');
    }
    return fence + "promql\n" + text + "\n" + fence;
  }
}
