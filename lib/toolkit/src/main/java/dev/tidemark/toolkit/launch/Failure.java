package dev.tidemark.toolkit.launch;

import dev.tidemark.toolkit.config.Shown;
import dev.tidemark.toolkit.yaml.Problem;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Tells the user on stderr why the program ends, and finds the exit code for it. */
final class Failure {
  private Failure() {}

  /** Prints and returns the exit code; the stack only when debugging. */
  static int report(Throwable failure, PrintWriter err, boolean debug) {
    int code = print(failure, err);
    if (debug) {
      failure.printStackTrace(err);
    }
    err.flush();
    return code;
  }

  private static int print(Throwable failure, PrintWriter err) {
    if (failure instanceof ProblemsException problems) {
      for (Problem problem : problems.problems()) {
        err.println(problem);
      }
      return Cli.INVALID;
    }
    if (failure instanceof ExitException exit) {
      err.println("error: " + exit.getMessage());
      return exit.code();
    }
    if (failure instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
      return print(wrapped.getCause(), err);
    }
    if (failure instanceof IOException) {
      err.println("error: " + input(failure));
      return Cli.INVALID;
    }
    if (failure instanceof InvalidPathException path) {
      err.println(
          "error: "
              + Shown.text(path.getInput())
              + ": is no path here ("
              + path.getReason()
              + "); names beyond ASCII need a locale such as LC_ALL=C.UTF-8");
      return Cli.INVALID;
    }
    err.println("error: unexpected " + oneLine(failure));
    err.println("This is a mistake in the program; --log.level debug shows the stack to report.");
    return Cli.BUG;
  }

  private static String input(Throwable failure) {
    if (failure instanceof NoSuchFileException) {
      return failure.getMessage() + ": no such file";
    }
    if (failure instanceof AccessDeniedException) {
      return failure.getMessage() + ": permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return failure.getMessage() + ": is in the way, needs a folder there";
    }
    if (failure instanceof NotDirectoryException) {
      return failure.getMessage() + ": is no folder";
    }
    return failure.getMessage() == null ? oneLine(failure) : failure.getMessage();
  }

  private static String oneLine(Throwable failure) {
    return failure.toString().replaceAll("\\s+", " ");
  }
}
