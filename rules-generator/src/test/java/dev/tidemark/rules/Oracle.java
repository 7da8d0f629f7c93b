package dev.tidemark.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.rules.spec.SpecText;
import dev.tidemark.toolkit.yaml.ProblemsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks the real promtool and amtool about what the generator makes. */
public final class Oracle {
  /** Tests that passed in this process: of the same bytes promtool says the same. */
  private static final Set<String> PASSED = ConcurrentHashMap.newKeySet();

  private final Tool promtool;
  private final Tool amtool;

  private Oracle(Tool promtool, Tool amtool) {
    this.promtool = promtool;
    this.amtool = amtool;
  }

  public static Oracle orSkip() {
    Optional<Tool> promtool = Tool.find("promtool");
    Optional<Tool> amtool = Tool.find("amtool");
    assumeTrue(promtool.isPresent() && amtool.isPresent());
    return new Oracle(promtool.orElseThrow(), amtool.orElseThrow());
  }

  public static SortedMap<String, byte[]> files(String spec) throws ProblemsException {
    return output(spec).files();
  }

  public static Generator.Output output(String spec) throws ProblemsException {
    return Generator.generate(List.of(new SpecText("spec.yaml", spec)), (all, target) -> List.of());
  }

  /** Every file is accepted, and every test passes. */
  public void accepts(Map<String, byte[]> files, Path directory, String why)
      throws IOException, InterruptedException {
    write(files, directory);
    for (String path : files.keySet()) {
      if (path.endsWith(".json") || path.endsWith(".md")) {
        continue; // dashboards and runbooks: tested apart
      }
      String test = path.startsWith("tests/") && !isExcerpt(path) ? digest(files, path) : "";
      if (PASSED.contains(test)) {
        continue;
      }
      Tool.Answer answer = ask(path, directory);
      assertThat(answer.code()).as("%s: %s: %s", why, path, answer.text()).isZero();
      if (!test.isEmpty()) {
        PASSED.add(test);
      }
    }
  }

  /** Rules that stand beside the tests which read them. */
  private static boolean isExcerpt(String path) {
    return path.endsWith(".rules");
  }

  /** Of a test and all rules. */
  private static String digest(Map<String, byte[]> files, String test) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    new TreeMap<>(files)
        .forEach(
            (path, bytes) -> {
              if (path.equals(test) || path.startsWith("rules/") || isExcerpt(path)) {
                digest.update((path + '\0' + bytes.length + '\0').getBytes(UTF_8));
                digest.update(bytes);
              }
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** As {@link #accepts}, of many at once: a start of promtool takes longer than a file. */
  public void acceptsAll(
      List<String> rules, List<String> tests, List<String> configs, Path directory)
      throws IOException, InterruptedException {
    Tool.Answer checked = promtool.run(directory, with(rules, "check", "rules", "--lint=none"));
    assertThat(checked.code()).as(checked.text()).isZero();
    Tool.Answer tested = promtool.run(directory, with(tests, "test", "rules"));
    assertThat(tested.code()).as(tested.text()).isZero();
    Tool.Answer config = amtool.run(directory, with(configs, "check-config"));
    assertThat(config.code()).as(config.text()).isZero();
  }

  private static String[] with(List<String> files, String... command) {
    return Stream.concat(Stream.of(command), files.stream()).toArray(String[]::new);
  }

  public void write(Map<String, byte[]> files, Path directory) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  /** Whether promtool is of this release or newer. */
  public boolean isAtLeast(int major, int minor) throws IOException, InterruptedException {
    Matcher version =
        Pattern.compile("version (\\d+)\\.(\\d+)")
            .matcher(promtool.run(Path.of("."), "--version").text());
    return version.find()
        && Integer.parseInt(version.group(1)) * 1000 + Integer.parseInt(version.group(2))
            >= major * 1000 + minor;
  }

  public Tool.Answer ask(String path, Path directory) throws IOException, InterruptedException {
    if (path.startsWith("rules/") || isExcerpt(path)) {
      return promtool.run(directory, "check", "rules", "--lint-fatal", path);
    }
    return path.startsWith("tests/")
        ? promtool.run(directory, "test", "rules", path)
        : amtool.run(directory, "check-config", path);
  }

  /** The receiver Alertmanager would choose. */
  public String route(Path directory, String... labels) throws IOException, InterruptedException {
    String[] arguments = new String[labels.length + 4];
    arguments[0] = "config";
    arguments[1] = "routes";
    arguments[2] = "test";
    arguments[3] = "--config.file=alertmanager/alertmanager.yml";
    System.arraycopy(labels, 0, arguments, 4, labels.length);
    // amtool also says that it reads the file and asks no server
    return amtool
        .run(directory, arguments)
        .text()
        .lines()
        .filter(line -> !line.startsWith("Warning"))
        .collect(Collectors.joining());
  }
}
