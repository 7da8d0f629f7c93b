package dev.tidemark.rules;

import dev.tidemark.rules.apply.AlertmanagerLoader;
import dev.tidemark.rules.apply.ApplyException;
import dev.tidemark.rules.apply.FolderApply;
import dev.tidemark.rules.apply.Kubectl;
import dev.tidemark.rules.apply.Left;
import dev.tidemark.rules.apply.Loader;
import dev.tidemark.rules.apply.MimirNamespace;
import dev.tidemark.rules.apply.PrometheusLoader;
import dev.tidemark.rules.apply.ServerApi;
import dev.tidemark.rules.check.FilesCheck;
import dev.tidemark.rules.check.Promtool;
import dev.tidemark.rules.output.OutputException;
import dev.tidemark.rules.output.OutputFolder;
import dev.tidemark.rules.plan.Plan;
import dev.tidemark.rules.spec.Release;
import dev.tidemark.rules.spec.TargetSpec.Output;
import dev.tidemark.toolkit.launch.Cli;
import dev.tidemark.toolkit.launch.ExitException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings what a specification makes to the servers, all or nothing. */
@Command(
    name = "apply",
    description =
        "Brings the rules to servers, all or nothing: files with reload, Mimir's ruler, or objects"
            + " of Kubernetes; then asks them whether they have it.")
final class ApplyCommand implements Callable<Integer> {
  private static final String ALERTMANAGER = "alertmanager/alertmanager.yml";

  @Option(
      names = "--spec",
      paramLabel = "FILE|DIR|-",
      description =
          "The specification: a file, a folder of them, or - for stdin. Not for --rollback.")
  private @Nullable String spec;

  @Mixin private ApplyServers servers = new ApplyServers();
  @Mixin private FormatOption format = new FormatOption();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder whose files --prometheus and --alertmanager load.")
  private @Nullable Path out;

  @Option(
      names = "--mimir-namespace",
      paramLabel = "NAME",
      description =
          "Of Mimir's ruler; groups in it that the specification does not make are deleted."
              + " Default: ${DEFAULT-VALUE}.")
  private String namespace = "tidemark";

  @Option(
      names = "--kubectl",
      arity = "0..1",
      fallbackValue = "kubectl",
      paramLabel = "COMMAND",
      description = "Objects of Kubernetes by kubectl, or such a command with its flags.")
  private @Nullable String kubectl;

  @Option(
      names = "--prune",
      description =
          "With --kubectl: delete objects of ours in the namespace that the specification does not"
              + " make.")
  private boolean prune;

  @Option(
      names = "--no-reload",
      description = "Somebody else has the servers load the files, as by SIGHUP, within --wait.")
  private boolean noReload;

  @Option(names = "--dry-run", description = "Says what would be done, and does nothing.")
  private boolean dryRun;

  @Option(
      names = "--rollback",
      description = "Puts back the files of --out that were there before the last apply.")
  private boolean rollback;

  private final List<String> done = new ArrayList<>();
  private final Left left = new Left();

  /** The outcome as JSON. */
  private record Outcome(
      boolean dryRun,
      List<String> written,
      List<String> removed,
      List<String> steps,
      @Nullable String failed) {}

  @Override
  public Integer call() throws Exception {
    long ways = Stream.of(out != null, servers.isMimir(), kubectl != null).filter(is -> is).count();
    if (ways != 1) {
      throw new ExitException(Cli.INVALID, "needs one of --out, --mimir and --kubectl");
    }
    if (out == null && (rollback || noReload || servers.areLoaders())) {
      throw new ExitException(
          Cli.INVALID, "--rollback, --no-reload, --prometheus and --alertmanager need --out");
    }
    if (!rollback && spec == null) {
      throw new ExitException(Cli.INVALID, "needs --spec, the specification; or --rollback");
    }
    if (rollback && (dryRun || spec != null)) {
      throw new ExitException(
          Cli.INVALID,
          dryRun
              ? "--rollback has no --dry-run: what it puts back stands in .tidemark-previous of --out"
              : "--rollback takes no --spec: it puts back the files from before the last apply,"
                  + " whatever the specification says now");
    }
    if (rollback && out != null && !Files.isDirectory(out)) {
      throw new ExitException(
          Cli.INVALID, out + ": no such folder; --out is the folder that was applied to");
    }
    servers.waiting();
    if (out != null) {
      FoldersOption.free(out);
      out = OutputFolder.place(out);
    }
    // what is wrong with the specification now may be why somebody wants the files of before
    Path folder = out;
    return rollback && folder != null
        ? told(() -> rolledBack(folder))
        : applied(String.valueOf(spec));
  }

  private int applied(String from) throws Exception {
    Optional<Generator.Output> made = SpecOption.of(from).generate(format);
    if (made.isEmpty()) {
      return Cli.FINDINGS;
    }
    return told(
        () -> {
          if (servers.isMimir()) {
            refuseOther(made.get(), Output.MIMIR, "--mimir", "mimir");
          } else if (kubectl != null) {
            refuseOther(made.get(), Output.PROMETHEUS_RULE, "--kubectl", "prometheus-rule");
          }
          reach();
          refuse(made.get());
          return out != null
              ? files(made.get(), out)
              : kubectl != null ? objects(made.get(), kubectl) : groups(made.get());
        });
  }

  /** A server that is not there is told of before what takes longer. */
  private void reach() throws ApplyException {
    if (dryRun && out != null) {
      return; // it asks none
    }
    try {
      for (Optional<ServerApi> server :
          List.of(
              servers.prometheus(this::waits),
              servers.alertmanager(this::waits),
              servers.mimir(this::waits))) {
        if (server.isPresent()) {
          try (ServerApi api = server.get()) {
            api.reach();
          }
        }
      }
    } catch (ApplyException e) {
      throw e.with(
          servers.isMimir()
              ? "nothing was written; is --mimir the ruler's address, and does it run?"
              : "nothing was changed");
    }
  }

  /** Says in which state all is left, where a signal ends the program in the middle of it. */
  private int told(Callable<Outcome> work) throws Exception {
    Thread hook =
        new Thread(
            () -> {
              String state = left.end();
              if (!state.isEmpty()) {
                format.err().println("error: apply was ended by a signal: " + state);
                format.err().flush();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return finished(work);
    } finally {
      left.nothingMore();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // the program ends, and the hook has nothing to say
      }
    }
  }

  private int finished(Callable<Outcome> work) throws Exception {
    try {
      Outcome outcome = work.call();
      format.tell(outcome, print -> tell(outcome));
      return Cli.OK;
    } catch (ApplyException e) {
      Outcome outcome =
          new Outcome(dryRun, List.of(), List.of(), done, String.valueOf(e.getMessage()));
      if (format.isJson()) {
        format.tell(outcome, print -> {});
      }
      throw new ExitException(
          e.reason() == ApplyException.Reason.NO_ANSWER ? Cli.NO_ANSWER : Cli.FINDINGS,
          String.valueOf(e.getMessage()));
    } catch (OutputException e) {
      throw new ExitException(Cli.FINDINGS, String.valueOf(e.getMessage()));
    }
  }

  /** Asks promtool about the rules, where there is one. */
  private void refuse(Generator.Output made)
      throws IOException, InterruptedException, ApplyException {
    Optional<Promtool> promtool = Promtool.find(System.getenv());
    Release target = made.model().target().prometheus().value();
    if (promtool.isPresent() && promtool.get().olderThan(target).isPresent()) {
      // said when one's own expressions were read
      if (made.userExpressions().isEmpty()) {
        format
            .err()
            .println(
                "note: promtool is older than target.prometheus "
                    + target
                    + ": it was not asked; "
                    + Promtool.GET_NEWER);
      }
      promtool = Optional.empty();
    }
    Optional<String> wrong =
        promtool.isPresent() ? FilesCheck.of(promtool.get(), made.files()) : Optional.empty();
    format.err().flush();
    if (wrong.isPresent()) {
      throw new ApplyException(
          ApplyException.Reason.REFUSED,
          "promtool refuses the rules; nothing was changed\n" + wrong.get());
    }
  }

  private void told(String line) {
    done.add(line);
    if (!format.isJson()) {
      format.out().println(line);
      format.out().flush();
    }
  }

  private void waits(String what) {
    format.err().println("waiting  " + what);
    format.err().flush();
  }

  private Outcome rolledBack(Path folder) throws IOException, ApplyException {
    try (Apis apis = new Apis(servers.prometheus(this::waits), servers.alertmanager(this::waits))) {
      List<Loader> loaders = new ArrayList<>();
      apis.prometheus()
          .ifPresent(
              api ->
                  loaders.add(
                      new PrometheusLoader(api, folder, List.of(), !noReload, servers.waiting())));
      apis.alertmanager()
          .ifPresent(
              api -> loaders.add(new AlertmanagerLoader(api, new byte[0], servers.waiting())));
      if (!new FolderApply(folder, loaders, !noReload, this::told, left).rollBack()) {
        throw new ExitException(Cli.FINDINGS, folder + ": no earlier state is kept");
      }
      return outcome(List.of(), List.of());
    }
  }

  private Outcome files(Generator.Output made, Path folder)
      throws IOException, OutputException, ApplyException {
    try (Apis apis = new Apis(servers.prometheus(this::waits), servers.alertmanager(this::waits))) {
      List<Loader> loaders = loaders(made, folder, apis);
      FolderApply apply = new FolderApply(folder, loaders, !noReload, this::told, left);
      if (dryRun) {
        OutputFolder.Changes changes = new OutputFolder(folder).plan(made.files(), made.facts());
        Plan.between(new OutputFolder(folder).contents(made.files(), made.facts()), made.files())
            .forEach(change -> told(change.text()));
        loaders.forEach(loader -> told("then     reload and check " + loader.name()));
        return outcome(changes.written(), changes.removed());
      }
      OutputFolder.Changes changes = apply.write(made.files(), made.facts());
      return outcome(changes.written(), changes.removed());
    }
  }

  /** Servers that are closed together. */
  private record Apis(Optional<ServerApi> prometheus, Optional<ServerApi> alertmanager)
      implements AutoCloseable {
    @Override
    public void close() {
      prometheus.ifPresent(ServerApi::close);
      alertmanager.ifPresent(ServerApi::close);
    }
  }

  private List<Loader> loaders(Generator.Output made, Path folder, Apis apis) {
    List<Loader> loaders = new ArrayList<>();
    apis.prometheus()
        .ifPresent(
            api ->
                loaders.add(
                    new PrometheusLoader(
                        api, folder, Plan.rules(made.files()), !noReload, servers.waiting())));
    byte[] config = made.files().get(ALERTMANAGER);
    apis.alertmanager()
        .filter(api -> config != null)
        .ifPresent(
            api ->
                loaders.add(
                    new AlertmanagerLoader(
                        api, config == null ? new byte[0] : config, servers.waiting())));
    return loaders;
  }

  private Outcome groups(Generator.Output made) throws ApplyException {
    SortedMap<String, String> groups = new TreeMap<>();
    Plan.rules(made.files())
        .forEach(
            file ->
                file.groups()
                    .forEach(
                        group ->
                            groups.put(
                                group.name().value(),
                                text(made, "mimir/" + file.text().file().substring(6)))));
    try (ServerApi api = servers.mimir(this::waits).orElseThrow()) {
      MimirNamespace ruler = new MimirNamespace(api, namespace, this::told, left);
      MimirNamespace.Changes changes = dryRun ? ruler.plan(groups) : ruler.write(groups);
      return planned(changes.written(), changes.removed());
    }
  }

  private Outcome objects(Generator.Output made, String command) throws ApplyException {
    List<String> documents =
        made.files().keySet().stream()
            .filter(path -> path.startsWith("kubernetes/"))
            .map(path -> text(made, path))
            .toList();
    Kubectl cluster =
        new Kubectl(
            List.of(command.strip().split(" +")),
            made.model().kubernetes().namespace().value(),
            prune,
            this::told,
            left);
    Kubectl.Changes changes = dryRun ? cluster.plan(documents) : cluster.write(documents);
    return planned(changes.written(), changes.removed());
  }

  private static void refuseOther(Generator.Output made, Output wanted, String flag, String word) {
    if (made.model().target().output().value() != wanted) {
      throw new ExitException(
          Cli.INVALID, flag + " needs target.output: " + word + " in the specification");
    }
  }

  private static String text(Generator.Output made, String path) {
    Map<String, byte[]> files = made.files();
    byte[] bytes = files.get(path);
    if (bytes == null) {
      throw new IllegalStateException("not made: " + path);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Outcome planned(List<String> written, List<String> removed) {
    if (dryRun) {
      written.forEach(name -> told("would write   " + name));
      removed.forEach(name -> told("would remove  " + name));
    }
    return outcome(written, removed);
  }

  private Outcome outcome(List<String> written, List<String> removed) {
    return new Outcome(dryRun, written, removed, done, null);
  }

  private void tell(Outcome outcome) {
    boolean nothing = outcome.written().isEmpty() && outcome.removed().isEmpty() && !rollback;
    if (nothing) {
      format.out().println("up to date");
    } else if (dryRun) {
      format.out().println("nothing was changed");
    }
  }
}
