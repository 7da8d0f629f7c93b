package dev.tidemark.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.e2e.server.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/CLAIMS.md says of each claim what shows the truth; all of that has to be there. */
class ClaimsTest {
  private static final String CASES =
      "lib/signals/src/test/resources/dev/tidemark/signals/signal/cases.yml";
  private static final Pattern METHOD = Pattern.compile("`(\\w+Test)#(\\w+)`");
  private static final Pattern CLASS = Pattern.compile("`(\\w+Test)`");
  private static final Pattern CASE = Pattern.compile("(?<=`cases\\.yml` |\", )\"([^\"]+)\"");

  private final Path home = Project.find().root();

  @Test
  void every_test_that_is_named_exists() throws IOException {
    String claims = Files.readString(home.resolve("docs/CLAIMS.md"));
    List<Path> tests = tests();
    List<MatchResult> methods = METHOD.matcher(claims).results().toList();
    assertThat(methods).hasSizeGreaterThan(8);
    for (MatchResult named : methods) {
      assertThat(Files.readString(file(tests, named.group(1))))
          .as(named.group())
          .contains("void " + named.group(2) + "(");
    }
    CLASS.matcher(claims).results().forEach(named -> file(tests, named.group(1)));
  }

  @Test
  void every_case_that_is_named_exists() throws IOException {
    String claims = Files.readString(home.resolve("docs/CLAIMS.md"));
    String cases = Files.readString(home.resolve(CASES));
    List<String> named = CASE.matcher(claims).results().map(m -> m.group(1)).toList();
    assertThat(named).hasSizeGreaterThan(12);
    assertThat(named).allSatisfy(name -> assertThat(cases).contains("case: " + name));
  }

  private static Path file(List<Path> tests, String name) {
    return tests.stream()
        .filter(test -> test.endsWith(name + ".java"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("docs/CLAIMS.md names " + name + ": no such test"));
  }

  private List<Path> tests() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files
          .filter(f -> f.toString().contains("src/test/java") && f.toString().endsWith("Test.java"))
          .toList();
    }
  }
}
