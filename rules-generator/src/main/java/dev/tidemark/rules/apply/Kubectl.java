package dev.tidemark.rules.apply;

import dev.tidemark.rules.apply.ApplyException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Objects of a cluster by {@code kubectl}, which knows how the user logs in. The server merges them
 * field by field (server-side apply), so what others own in an object stays.
 */
public final class Kubectl {
  private static final String MANAGER = "tidemark-rules";
  private static final String OURS = "app.kubernetes.io/managed-by=tidemark";
  private static final String KINDS =
      "prometheusrules.monitoring.coreos.com,alertmanagerconfigs.monitoring.coreos.com,"
          + "servicemonitors.monitoring.coreos.com,configmaps";
  private static final String OUR_NAMES = "/tidemark-";
  private static final String STAYS = "what was written stays; apply again to finish";
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final List<String> command;
  private final String namespace;
  private final boolean prune;
  private final Consumer<String> told;
  private final Left left;

  /**
   * @param command {@code kubectl}, with its own flags
   * @param namespace of the objects
   * @param prune whether objects with our label that are not wanted are deleted there; two
   *     specifications in one namespace would delete one another's
   * @param left in which state all is, where the program ends in the middle
   */
  public Kubectl(
      List<String> command, String namespace, boolean prune, Consumer<String> told, Left left) {
    this.command = List.copyOf(command);
    this.namespace = namespace;
    this.prune = prune;
    this.told = told;
    this.left = left;
  }

  /** What was or would be done: {@code prometheusrule.monitoring.coreos.com/name}. */
  public record Changes(List<String> written, List<String> removed) {
    public Changes {
      written = List.copyOf(written);
      removed = List.copyOf(removed);
    }
  }

  /**
   * The server looks at everything and keeps nothing.
   *
   * @param documents YAML, an object each
   */
  public Changes plan(List<String> documents) throws ApplyException {
    Path file = file(documents);
    try {
      List<String> wanted = applied(file, true);
      return new Changes(wanted, leftOver(wanted));
    } catch (ApplyException e) {
      throw e.with("nothing was changed");
    } finally {
      delete(file);
    }
  }

  /** First as {@link #plan}, so that what the server refuses changes nothing. */
  public Changes write(List<String> documents) throws ApplyException {
    Changes planned = plan(documents);
    Path file = file(documents);
    try {
      left.is("objects were being written: " + STAYS);
      List<String> wanted = applied(file, false);
      wanted.forEach(name -> told.accept("written  " + name));
      for (String name : planned.removed()) {
        run(List.of("delete", name, "--namespace=" + namespace, "--ignore-not-found"));
        told.accept("removed  " + name);
      }
      Set<String> there =
          new TreeSet<>(lines(run(List.of("get", "-f", file.toString(), "-o", "name"))));
      if (!there.containsAll(wanted)) {
        throw new ApplyException(Reason.REFUSED, "the cluster does not show all of " + wanted);
      }
      told.accept("checked  the cluster has all of it");
      left.is("all of it was done");
      return new Changes(wanted, planned.removed());
    } catch (ApplyException e) {
      throw e.with(STAYS);
    } finally {
      delete(file);
    }
  }

  private List<String> applied(Path file, boolean dryRun) throws ApplyException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "apply",
                "--server-side",
                "--field-manager=" + MANAGER,
                "-o",
                "name",
                "-f",
                file.toString()));
    if (dryRun) {
      arguments.add("--dry-run=server");
    }
    return lines(run(arguments));
  }

  private List<String> leftOver(List<String> wanted) throws ApplyException {
    List<String> left =
        new ArrayList<>(
            lines(
                run(
                    List.of(
                        "get",
                        KINDS,
                        "--namespace=" + namespace,
                        "--selector=" + OURS,
                        "-o",
                        "name"))));
    left.removeAll(wanted);
    left.removeIf(name -> !name.contains(OUR_NAMES));
    if (!prune) {
      left.forEach(name -> told.accept("left over " + name + ": --prune deletes it"));
      left.clear();
    }
    return left;
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  private String run(List<String> arguments) throws ApplyException {
    List<String> all = new ArrayList<>(command);
    all.addAll(arguments);
    try {
      Path out = Files.createTempFile("kubectl-", ".out");
      Path err = Files.createTempFile("kubectl-", ".err");
      try {
        Process process =
            new ProcessBuilder(all)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new ApplyException(Reason.NO_ANSWER, "kubectl: no answer within " + LONGEST);
        }
        if (process.exitValue() != 0) {
          String said = Files.readString(err, StandardCharsets.UTF_8).strip();
          throw failed(
              said.isEmpty()
                  ? "exit code "
                      + process.exitValue()
                      + " and not a word: run "
                      + String.join(" ", command)
                      + " version"
                  : said);
        }
        return Files.readString(out, StandardCharsets.UTF_8);
      } finally {
        delete(out);
        delete(err);
      }
    } catch (IOException e) {
      throw new ApplyException(Reason.NO_ANSWER, "kubectl: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ApplyException(Reason.NO_ANSWER, "kubectl: interrupted");
    }
  }

  /** kubectl has one exit code for all. */
  private static ApplyException failed(String error) {
    boolean away =
        error.contains("Unable to connect to the server")
            || error.contains("connection to the server")
            || error.contains("connection refused")
            || error.contains("no such host")
            || error.contains("i/o timeout")
            || error.contains("couldn't get current server API group list");
    return new ApplyException(away ? Reason.NO_ANSWER : Reason.REFUSED, "kubectl: " + error);
  }

  private static Path file(List<String> documents) throws ApplyException {
    try {
      Path file = Files.createTempFile("tidemark-", ".yml");
      Files.writeString(file, String.join("\n---\n", documents));
      return file;
    } catch (IOException e) {
      throw new ApplyException(Reason.REFUSED, "cannot write: " + e.getMessage());
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // left in the folder for temporary files
    }
  }
}
