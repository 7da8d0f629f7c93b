package dev.tidemark.toolkit.launch;

import dev.tidemark.toolkit.yaml.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a picocli command the same way in every program: {@code --help}, {@code --version} and
 * {@code --log.level} everywhere, problems one a line on stderr, and these exit codes.
 */
public final class Cli {
  public static final int OK = 0;

  /** Findings, or a specification with errors. */
  public static final int FINDINGS = 1;

  /** Wrong flags, an unreadable file, an invalid configuration. */
  public static final int INVALID = 2;

  /** A server that is needed does not answer. */
  public static final int NO_ANSWER = 3;

  /** A mistake in the program itself (EX_SOFTWARE of sysexits.h). */
  public static final int BUG = 70;

  private static final Pattern WORDS =
      Pattern.compile("expected one of \\[(.*)] \\(case-insensitive\\) but was '(.*)'");

  private Cli() {}

  /** Parses the arguments, runs the command and returns the exit code. */
  public static int run(Object command, String... args) {
    if (command instanceof Verbs verbs) {
      Optional<Callable<Integer>> plain = verbs.plain(Arrays.asList(args));
      if (plain.isPresent()) {
        return call(plain.get());
      }
    }
    return parse(command, args);
  }

  private static int call(Callable<Integer> command) {
    try {
      return command.call();
    } catch (Exception e) {
      return Failure.report(e, new Console().err(), /* debug= */ false);
    }
  }

  private static int parse(Object command, String... args) {
    CommandLine line = new CommandLine(command);
    if (command instanceof Verbs verbs) {
      verbs.of(args).forEach(line::addSubcommand);
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    complete(line);
    line.setParameterExceptionHandler((e, given) -> refuse(e, given));
    line.setExecutionExceptionHandler(
        (e, at, parsed) -> Failure.report(e, at.getErr(), isDebug(args)));
    return line.execute(args);
  }

  private static void complete(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    if (!spec.mixinStandardHelpOptions()) {
      spec.mixinStandardHelpOptions(true);
    }
    spec.version(spec.qualifiedName() + " " + Version.text());
    if (spec.findOption("--log.level") == null) {
      spec.addOption(
          OptionSpec.builder("--log.level")
              .paramLabel("LEVEL")
              .type(String.class)
              .converters(new LevelName())
              .description("debug, info, warn or error.")
              .build());
    }
    line.getSubcommands().values().forEach(Cli::complete);
  }

  private static int refuse(ParameterException e, String... given) {
    CommandLine line = e.getCommandLine();
    line.getErr()
        .println("error: " + withoutCommand(e).orElseGet(() -> message(e, given) + suggestion(e)));
    line.getErr().println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
    line.getErr().flush();
    return INVALID;
  }

  private static String message(ParameterException e, String... given) {
    String message = plain(String.valueOf(e.getMessage()).replaceFirst("^Error: ", ""));
    if (e instanceof MissingParameterException missing) {
      // picocli tells only what is missing; what was mistyped is why
      return mistyped(e.getCommandLine().getCommandSpec(), given)
          .map(mistyped -> mistyped + "; " + message)
          .orElseGet(() -> message + withoutFlag(missing));
    }
    return message;
  }

  /** A value whose only flag was left out. */
  private static String withoutFlag(MissingParameterException e) {
    List<String> values =
        e.getCommandLine().getUnmatchedArguments().stream()
            .filter(a -> !a.startsWith("-"))
            .toList();
    return e.getMissing().size() == 1
            && e.getMissing().get(0) instanceof OptionSpec option
            && values.size() == 1
        ? "; found " + values.get(0) + ": write " + option.longestName() + " " + values.get(0)
        : "";
  }

  /** Where a command is needed and there is none, or a flag before it. */
  private static Optional<String> withoutCommand(ParameterException e) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    String known = String.join(", ", spec.subcommands().keySet());
    if (e instanceof UnmatchedArgumentException unmatched) {
      String typed = name(unmatched.getUnmatched().get(0));
      boolean isFlag = typed.startsWith("-") && near(typed, spec.optionsMap().keySet()).isEmpty();
      return isFlag && !known.isEmpty()
          ? Optional.of("needs a command before " + typed + ": " + known)
          : Optional.empty();
    }
    return "Missing required subcommand".equals(e.getMessage())
        ? Optional.of("needs a command: " + known)
        : Optional.empty();
  }

  /** What picocli says in words of Java, in words of people. */
  private static String plain(String message) {
    Matcher word = WORDS.matcher(message);
    if (word.find()) {
      List<String> words = List.of(word.group(1).toLowerCase(Locale.ROOT).split(", "));
      return message.substring(0, word.start())
          + "found "
          + word.group(2)
          + Nearest.instead(word.group(2), words);
    }
    return message
        .replaceFirst(" is not an? (double|float)$", " is no number, needs one such as 0.5")
        .replaceFirst(" is not an? (int|long)$", " is no whole number, needs one such as 100");
  }

  private static String suggestion(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    String typed = name(unmatched.getUnmatched().get(0));
    if (typed.startsWith("-")) {
      return near(typed, spec.optionsMap().keySet());
    }
    Set<String> known = spec.subcommands().keySet();
    return near(typed, known) + (known.isEmpty() ? "" : " There are: " + String.join(", ", known));
  }

  private static Optional<String> mistyped(CommandSpec spec, String... given) {
    Set<String> known = new TreeSet<>();
    for (@Nullable CommandSpec at = spec; at != null; at = at.parent()) {
      known.addAll(at.optionsMap().keySet());
    }
    return Arrays.stream(given)
        .takeWhile(argument -> !argument.equals("--"))
        .filter(argument -> argument.startsWith("--") && !known.contains(name(argument)))
        .findFirst()
        .map(argument -> "Unknown option: '" + argument + "'" + near(name(argument), known));
  }

  private static String name(String argument) {
    return argument.replaceFirst("=.*", "");
  }

  private static String near(String typed, Set<String> known) {
    return Nearest.of(typed, known).map(near -> ", did you mean " + near + "?").orElse("");
  }

  private static boolean isDebug(String... args) {
    String all = String.join(" ", Arrays.asList(args)).toLowerCase(Locale.ROOT);
    return all.contains("--log.level debug") || all.contains("--log.level=debug");
  }
}
