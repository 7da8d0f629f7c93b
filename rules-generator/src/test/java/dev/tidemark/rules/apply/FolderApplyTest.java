package dev.tidemark.rules.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.rules.output.Facts;
import dev.tidemark.rules.output.OutputFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a folder holds after an apply that a server refused. */
class FolderApplyTest {
  private static final Map<String, byte[]> FILES =
      Map.of("rules/shop/checkout.yml", bytes("new"), "runbooks/A.md", bytes("# A"));

  @TempDir Path temporary = Path.of("");

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What a server does when it is to load the folder. */
  @FunctionalInterface
  private interface Reload {
    void run() throws Exception;
  }

  private record Server(Reload onReload) implements Loader {
    @Override
    public String name() {
      return "a server";
    }

    @Override
    public void ready() {
      // it answers
    }

    @Override
    public void reload() throws ApplyException {
      try {
        onReload.run();
      } catch (ApplyException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void unchanged() {
      // nothing to do
    }

    @Override
    public String check() {
      return "has it";
    }
  }

  private static FolderApply apply(Path folder, Reload onReload) {
    return new FolderApply(folder, List.of(new Server(onReload)), true, line -> {}, new Left());
  }

  private static void refuses() throws ApplyException {
    throw new ApplyException(ApplyException.Reason.REFUSED, "refused");
  }

  private static List<String> all(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.skip(1).map(path -> folder.relativize(path).toString()).sorted().toList();
    }
  }

  @Test
  void a_refused_first_apply_leaves_nothing_that_it_made() throws Exception {
    Path folder = temporary.resolve("etc/tidemark");
    assertThatThrownBy(() -> apply(folder, FolderApplyTest::refuses).write(FILES, Facts.NONE))
        .isInstanceOf(ApplyException.class)
        .hasMessageStartingWith("refused; the 3 files that this apply had changed were put back");
    assertThat(all(temporary)).isEmpty();
  }

  @Test
  void what_was_there_before_a_refused_apply_stays() throws Exception {
    Files.createDirectories(temporary.resolve("rules"));
    Files.createDirectories(temporary.resolve("runbooks"));
    Files.writeString(temporary.resolve("mine.txt"), "mine");
    List<String> before = all(temporary);
    assertThatThrownBy(() -> apply(temporary, FolderApplyTest::refuses).write(FILES, Facts.NONE))
        .isInstanceOf(ApplyException.class);
    assertThat(all(temporary)).isEqualTo(before);

    // and what somebody puts there meanwhile
    Path theirs = temporary.resolve("rules/shop/theirs.yml");
    Reload puts =
        () -> {
          if (!Files.exists(theirs)) {
            Files.writeString(theirs, "theirs");
          }
          refuses();
        };
    assertThatThrownBy(() -> apply(temporary, puts).write(FILES, Facts.NONE))
        .isInstanceOf(ApplyException.class);
    assertThat(all(temporary))
        .containsExactly("mine.txt", "rules", "rules/shop", "rules/shop/theirs.yml", "runbooks");
  }

  @Test
  void one_apply_at_a_time_holds_a_folder_also_where_it_is_taken_away() throws Exception {
    Path folder = temporary.resolve("out");
    List<String> second = new ArrayList<>();
    Reload meanwhile =
        () -> {
          if (second.isEmpty()) {
            second.add("asked");
            assertThatThrownBy(() -> apply(folder, () -> {}).write(FILES, Facts.NONE))
                .hasMessageContaining("another apply is at work");
            second.add("refused");
          }
          refuses();
        };
    assertThatThrownBy(() -> apply(folder, meanwhile).write(FILES, Facts.NONE))
        .hasMessageStartingWith("refused");
    assertThat(second).containsExactly("asked", "refused");
    assertThat(folder).doesNotExist();
    apply(folder, () -> {}).write(FILES, Facts.NONE);
    assertThat(folder.resolve("rules/shop/checkout.yml")).hasContent("new");
    assertThatThrownBy(
            () ->
                apply(folder, FolderApplyTest::refuses)
                    .write(Map.of("rules/a.yml", bytes("a")), Facts.NONE))
        .isInstanceOf(ApplyException.class);
    assertThat(all(folder)).contains(".tidemark-lock", "rules/shop/checkout.yml");
  }

  @Test
  void what_is_put_back_is_what_this_apply_wrote_also_where_generate_ran_meanwhile()
      throws Exception {
    OutputFolder output = new OutputFolder(temporary);
    output.write(FILES, Facts.NONE);
    // lock.json stays, for the file that is put right is edited by hand
    Files.writeString(temporary.resolve("rules/shop/checkout.yml"), "edited");
    Map<String, byte[]> more =
        Map.of(
            "rules/shop/checkout.yml", bytes("new"),
            "runbooks/A.md", bytes("# A"),
            "rules/shop/more.yml", bytes("more"));
    Reload generates =
        () -> {
          if (!Files.exists(temporary.resolve("rules/shop/more.yml"))) {
            output.write(more, Facts.NONE);
          }
          refuses();
        };
    assertThatThrownBy(() -> apply(temporary, generates).write(FILES, Facts.NONE))
        .hasMessageStartingWith("refused; the one file that this apply had changed was put back");
    assertThat(temporary.resolve("rules/shop/checkout.yml")).hasContent("edited");
    assertThat(temporary.resolve("rules/shop/more.yml")).hasContent("more");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_lock_that_is_a_link_to_nothing_is_named() throws Exception {
    Path lock =
        Files.createSymbolicLink(temporary.resolve(".tidemark-lock"), Path.of("/nonexist/x"));
    assertThatThrownBy(() -> apply(temporary, () -> {}).write(FILES, Facts.NONE))
        .isInstanceOf(ApplyException.class)
        .hasMessageStartingWith(lock + ": is a link to /nonexist/x, which is not there; remove it");
    assertThat(all(temporary)).containsExactly(".tidemark-lock");
  }

  @Test
  void a_link_where_a_folder_was_made_is_left_alone_by_a_rollback() throws Exception {
    Path folder = temporary.resolve("out");
    apply(folder, () -> {}).write(FILES, Facts.NONE);
    Path store = Files.move(folder.resolve("rules"), temporary.resolve("store"));
    Files.createSymbolicLink(folder.resolve("rules"), store);
    assertThat(apply(folder, () -> {}).rollBack()).isTrue();
    assertThat(folder.resolve("rules")).isSymbolicLink();
    assertThat(folder.resolve("runbooks")).doesNotExist();
    assertThat(store).isEmptyDirectory();
  }

  @Test
  void what_nobody_expects_while_a_server_is_checked_puts_all_back_too() throws Exception {
    Path folder = temporary.resolve("etc/tidemark");
    List<String> loads = new ArrayList<>();
    Reload breaks =
        () -> {
          loads.add("load");
          throw new ArithmeticException("long overflow");
        };
    assertThatThrownBy(() -> apply(folder, breaks).write(FILES, Facts.NONE))
        .isInstanceOf(ApplyException.class)
        .hasMessageContaining("ArithmeticException: long overflow")
        .hasMessageContaining("; the 3 files that this apply had changed were put back")
        .hasMessageContaining("not reloaded since: a server");
    assertThat(loads).as("once more when they were put back").hasSize(2);
    assertThat(all(temporary)).isEmpty();
  }
}
