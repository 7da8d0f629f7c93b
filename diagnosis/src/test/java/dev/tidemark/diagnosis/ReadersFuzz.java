package dev.tidemark.diagnosis;

import dev.tidemark.diagnosis.input.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Gives damaged evidence to every reader: each ends with a report or says what is wrong, soon. As a
 * program: {@code ReadersFuzz SECONDS SEED [FOLDER [READER…]]} spends that much CPU on each reader,
 * with the folder's files as further examples, and prints how many cases that were.
 */
final class ReadersFuzz {
  private static final double SOON = 20; // seconds of CPU

  private ReadersFuzz() {}

  /** Runs one case; anything else than a report or a word on what is wrong is thrown. */
  static void run(FuzzedReader reader, List<byte[]> examples, long seed) {
    byte[] bytes = FuzzDamage.of(examples, new Random(seed));
    String what = reader + " seed " + seed;
    double before = cpu();
    try {
      reader.read(bytes);
    } catch (BadInputException e) {
      if (String.valueOf(e.getMessage()).isBlank()) {
        throw new AssertionError(what + ": says nothing", e);
      }
    } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(what, e);
    }
    if (cpu() - before > SOON) {
      throw new AssertionError(what + ": took " + (cpu() - before) + " s for " + bytes.length);
    }
  }

  static List<byte[]> examples(FuzzedReader reader, Path folder) {
    try {
      return FuzzExamples.of(reader, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }

  public static void main(String[] arguments) {
    double seconds = Double.parseDouble(arguments[0]);
    long first = Long.parseLong(arguments[1]);
    Path folder = Path.of(arguments.length > 2 ? arguments[2] : "none");
    List<String> only = List.of(arguments).subList(Math.min(3, arguments.length), arguments.length);
    for (FuzzedReader reader : FuzzedReader.values()) {
      if (!only.isEmpty() && !only.contains(reader.name())) {
        continue;
      }
      List<byte[]> examples = examples(reader, folder);
      long seed = first;
      long failed = 0;
      double before = cpu();
      while (cpu() - before < seconds) {
        try {
          run(reader, examples, seed++);
        } catch (AssertionError e) {
          failed++;
          System.err.println(e.getMessage());
          if (failed <= 3 && e.getCause() != null) {
            e.getCause().printStackTrace();
          }
        }
      }
      System.out.printf(
          "%s %d cases from seed %d, %d examples, %.0f s of CPU, %d failed%n",
          reader, seed - first, first, examples.size(), cpu() - before, failed);
    }
  }
}
