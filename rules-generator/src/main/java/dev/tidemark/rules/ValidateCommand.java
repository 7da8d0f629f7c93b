package dev.tidemark.rules;

import dev.tidemark.toolkit.launch.Cli;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says whether a specification is right, and writes nothing. */
@Command(
    name = "validate",
    description = "Checks a specification and tells every problem with its place.")
final class ValidateCommand implements Callable<Integer> {
  @Mixin private SpecOption spec = new SpecOption();

  @Override
  public Integer call() throws Exception {
    Optional<Generator.Output> output = spec.generate();
    output.ifPresent(
        made -> {
          spec.out()
              .println(
                  made.services().size() + " services, " + made.rules() + " rules, no problems");
          spec.out().flush();
        });
    return output.isPresent() ? Cli.OK : Cli.FINDINGS;
  }
}
