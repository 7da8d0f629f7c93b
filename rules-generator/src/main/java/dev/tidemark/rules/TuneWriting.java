package dev.tidemark.rules;

import dev.tidemark.rules.edit.SpecEdit;
import dev.tidemark.rules.model.Model;
import dev.tidemark.rules.model.Service;
import dev.tidemark.rules.output.AtomicFile;
import dev.tidemark.rules.rule.ServiceRules;
import dev.tidemark.rules.rule.ServiceRules.TestedRule;
import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.rules.tune.Outcome;
import dev.tidemark.rules.tune.Tuned;
import dev.tidemark.toolkit.yaml.Place;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts values that were found into the specification, or says what to put there. */
final class TuneWriting {
  private TuneWriting() {}

  /**
   * What came of it.
   *
   * @param files that were changed
   * @param snippets what to put where by hand
   * @param refused why something was not written
   */
  record Result(List<String> files, List<Snippet> snippets, List<String> refused) {
    boolean isWhole() {
      return refused.isEmpty();
    }
  }

  /**
   * A line for a specification.
   *
   * @param place of the alert
   */
  record Snippet(String alert, String place, String yaml) {}

  /** Only what to put where. */
  static Result snippets(List<Outcome> outcomes) {
    return new Result(List.of(), changed(outcomes).map(TuneWriting::snippet).toList(), List.of());
  }

  /** Into the files, where all of it can be put there and means what was found. */
  static Result write(List<SpecText> texts, Generator.Output made, List<Outcome> outcomes)
      throws IOException {
    List<String> refused = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      if (!outcome.holds() && outcome.isChanged()) {
        refused.add("not written for " + outcome.pool().name() + ": the budget does not hold");
      }
    }
    List<Outcome> holding = outcomes.stream().filter(Outcome::holds).toList();
    List<Tuned> tuned = changed(holding).toList();
    if (tuned.isEmpty()) {
      return new Result(List.of(), List.of(), refused);
    }
    Optional<List<SpecText>> changed = changed(texts, tuned);
    if (changed.isEmpty() || !meansIt(changed.get(), texts, made.model(), tuned)) {
      refused.add("not written: the specification cannot be changed in place; put this there");
      return new Result(List.of(), tuned.stream().map(TuneWriting::snippet).toList(), refused);
    }
    List<String> files = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      SpecText now = changed.get().get(i);
      if (!now.text().equals(texts.get(i).text())) {
        AtomicFile.write(Path.of(now.file()), now.text().getBytes(StandardCharsets.UTF_8));
        files.add(now.file());
      }
    }
    return new Result(files, List.of(), refused);
  }

  private static Stream<Tuned> changed(List<Outcome> outcomes) {
    return outcomes.stream().flatMap(o -> o.alerts().stream()).filter(Tuned::isChanged);
  }

  private static Place place(Tuned tuned) {
    return tuned.subject().service().alerts().get(tuned.subject().alert()).place();
  }

  private static Snippet snippet(Tuned tuned) {
    List<String> parts = new ArrayList<>();
    tuned.values().waits().ifPresent(waits -> parts.add("for: " + waits));
    List<String> with = new ArrayList<>();
    tuned.values().with().forEach((name, value) -> with.add(name + ": " + value));
    if (!with.isEmpty()) {
      parts.add("with: {" + String.join(", ", with) + "}");
    }
    return new Snippet(
        tuned.subject().before().name(), place(tuned).toString(), String.join(", ", parts));
  }

  /** Empty where a file cannot be written to, or its layout cannot be told. */
  private static Optional<List<SpecText>> changed(List<SpecText> texts, List<Tuned> tuned) {
    Map<String, List<SpecEdit.Change>> byFile = new HashMap<>();
    for (Tuned one : tuned) {
      Map<String, String> values = new HashMap<>();
      one.values().waits().ifPresent(waits -> values.put("for", waits));
      Map<String, String> with = one.values().with();
      byFile
          .computeIfAbsent(place(one).file(), file -> new ArrayList<>())
          .add(
              new SpecEdit.Change(
                  place(one), values, with.isEmpty() ? Map.of() : Map.of("with", with)));
    }
    List<SpecText> changed = new ArrayList<>();
    for (SpecText text : texts) {
      List<SpecEdit.Change> changes = byFile.getOrDefault(text.file(), List.of());
      Optional<String> now =
          !changes.isEmpty() && text.file().equals(SpecFiles.STDIN)
              ? Optional.empty()
              : SpecEdit.of(text.text(), changes);
      if (now.isEmpty()) {
        return Optional.empty();
      }
      changed.add(new SpecText(text.file(), now.get()));
    }
    return Optional.of(changed);
  }

  /** Whether the changed texts make the rules that were replayed, and all others as they were. */
  private static boolean meansIt(
      List<SpecText> changed, List<SpecText> texts, Model model, List<Tuned> tuned) {
    Generator.Output now;
    try {
      now = Generator.generate(changed, (all, target) -> List.of());
    } catch (ProblemsException e) {
      return false;
    }
    for (int i = 0; i < model.services().size(); i++) {
      Service wanted = model.services().get(i);
      for (Tuned one : tuned) {
        if (one.subject().service().name().equals(wanted.name())) {
          wanted = one.values().in(wanted, one.subject().alert());
        }
      }
      Optional<ServiceRules> expected = Generator.remade(model, texts, wanted);
      if (expected.isEmpty() || !rules(expected.get()).equals(rules(now.services().get(i)))) {
        return false;
      }
    }
    return now.services().size() == model.services().size();
  }

  private static List<Object> rules(ServiceRules service) {
    List<Object> all = new ArrayList<>();
    for (TestedRule tested : service.rules()) {
      all.add(tested.rule().alert());
      all.add(tested.rule().text());
      all.add(tested.rule().forDuration());
      all.add(tested.rule().keepFiringFor());
      all.add(tested.rule().labels());
    }
    service.recordings().forEach(recording -> all.add(recording.toString()));
    return all;
  }
}
