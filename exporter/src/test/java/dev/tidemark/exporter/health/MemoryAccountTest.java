package dev.tidemark.exporter.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A gap that stands is told, with its cause and its units, whether anything grows or not. */
class MemoryAccountTest {
  private static final double MIB = 1 << 20;

  private static Arguments c(String what, UnaryOperator<Patient> facts, String words) {
    return Arguments.of(what, facts.apply(new Patient()), words);
  }

  /** A container of 512 MiB working set, of which Go holds 300. */
  private static Patient container(Patient patient, double anon, double cache, double usage) {
    return patient
        .with("working_set", 512 * MIB)
        .with("rss", 330 * MIB)
        .with("go_held", 300 * MIB)
        .with("container_anon", anon * MIB)
        .with("container_cache", cache * MIB)
        .with("container_usage", usage * MIB);
  }

  static List<Arguments> cases() {
    return List.of(
        c(
            "page cache",
            p -> container(p, 310, 300, 622),
            "the container's working set is 512 MiB, the process has resident 330 MiB, Go holds"
                + " 300 MiB: 212 MiB are not Go's (page cache: 190 MiB; kernel memory: 12 MiB;"
                + " C memory, mmap: 10 MiB)"),
        c(
            "C memory",
            p -> container(p, 500, 10, 512),
            "212 MiB are not Go's (C memory, mmap: 200 MiB; page cache: 10 MiB; kernel memory:"
                + " 2 MiB)"),
        c(
            "mapped files",
            p -> container(p, 310, 200, 512).with("container_mapped", 180 * MIB),
            "(mapped files: 180 MiB; page cache: 20 MiB; C memory, mmap: 10 MiB; kernel memory:"
                + " 2 MiB)"),
        c(
            "kernel memory that cAdvisor does not tell, as on cgroup v2: the rest",
            p -> container(p, 310, 10, 512),
            "(kernel memory: 192 MiB; C memory, mmap: 10 MiB; page cache: 10 MiB)"),
        c(
            "kernel memory as cAdvisor tells it on cgroup v1",
            p -> container(p, 310, 10, 512).with("container_kernel", 150 * MIB),
            "(kernel memory: 150 MiB;"),
        c(
            "figures of two moments: no part is negative",
            p -> container(p, 600, 10, 500),
            "212 MiB are not Go's (C memory, mmap: 300 MiB; page cache: 10 MiB)"),
        c(
            "a process without a container",
            p -> p.with("rss", 400 * MIB).with("go_held", 100 * MIB),
            "the process has resident 400 MiB, Go holds 100 MiB: 300 MiB are not Go's (C memory,"
                + " mmap or mapped files: 300 MiB)"),
        c(
            "a container that tells no more than its working set",
            p -> p.with("working_set", 400 * MIB).with("go_held", 100 * MIB),
            "300 MiB are not Go's, of what kind is not known"),
        c(
            "Go holds more than is there",
            p -> p.with("rss", 100 * MIB).with("go_held", 400 * MIB),
            "300 MiB of Go's are not touched yet, or swapped out"),
        c("the same", p -> p.with("rss", 100 * MIB).with("go_held", 100 * MIB), ": no gap"),
        c("nothing of Go", p -> p.with("rss", 100 * MIB), "not known: "),
        c("nothing but Go", p -> p.with("go_held", 100 * MIB), "not known: "),
        c("nothing", p -> p, "not known: "));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void says_what_the_gap_is_made_of(String what, Patient patient, String words) {
    MemoryAccount account = MemoryAccount.of(0, patient);
    assertThat(account.inWords()).contains(words);
    assertThat(account.isKnown()).isEqualTo(!words.startsWith("not known"));
  }

  @Test
  void it_is_of_one_moment_though_some_of_it_is_told_more_often() {
    Patient patient = new Patient().with("working_set", 500 * MIB).with("go_held", 300 * MIB);
    Checkup checkup = new Checkup(CheckupTest.DEFAULTS);
    checkup.look(60_000, patient);
    patient.with("working_set", 700 * MIB); // Go has taken it, and nobody has looked yet
    assertThat(patient.memory().account().gap()).isEqualTo(200 * MIB);
    assertThat(patient.memory().account().atMillis()).isEqualTo(60_000);
    checkup.look(120_000, patient.with("go_held", 500 * MIB));
    assertThat(patient.memory().account().gap()).isEqualTo(200 * MIB);
    assertThat(patient.memory().account().atMillis()).isEqualTo(120_000);
    patient.memory().restarted();
    assertThat(patient.memory().account()).isEqualTo(MemoryAccount.NONE);
  }

  @Test
  void it_is_told_while_nothing_grows() {
    Patient patient = container(new Patient().flat("working_set", 512 * MIB), 500, 10, 512);
    assertThat(MemoryAccount.of(0, patient).gap()).isEqualTo(212 * MIB);
    assertThat(MemoryAccount.of(0, patient).outsideGo()).isEqualTo(200 * MIB);
  }
}
