package dev.tidemark.rules;

import picocli.CommandLine.Command;

/** What can be asked about routes. */
@Command(
    name = "routes",
    synopsisSubcommandLabel = "COMMAND",
    description = "Asks which way alerts take through Alertmanager.",
    subcommands = RoutesTestCommand.class)
final class RoutesCommand {}
