package dev.tidemark.diagnosis.flame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.diagnosis.heap.Frame;
import dev.tidemark.diagnosis.heap.StackSum;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class FlameTest {
  private static final String HOSTILE = "</title><script>alert(1)</script>\u001b\u0000;\"'&\ud800";

  /** Innermost first. */
  private static StackSum stack(long base, long target, String... functions) {
    return new StackSum(
        Arrays.stream(functions).map(name -> new Frame(name, "/src/a.go", 1)).toList(),
        base,
        target);
  }

  private static FlameTree tree(StackSum... stacks) {
    return FlameTree.of("inuse_space", "bytes", true, List.of(stacks));
  }

  private static String written(Consumer<PrintWriter> writing) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    writing.accept(out);
    out.flush();
    return text.toString();
  }

  private static Document svg(FlameTree tree) throws Exception {
    String text = written(out -> FlamePage.drawing(out, tree));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  @Test
  void stacks_merge_from_the_root_on_with_the_widest_first() {
    FlameNode root =
        tree(stack(1, 5, "put", "main"), stack(2, 30, "get", "main"), stack(0, 1, "put", "other"))
            .root();
    assertThat(root.value()).isEqualTo(36);
    assertThat(root.base()).isEqualTo(3);
    assertThat(root.children()).extracting(FlameNode::name).containsExactly("main", "other");
    FlameNode main = root.children().get(0);
    assertThat(main.value()).isEqualTo(35);
    assertThat(main.delta()).isEqualTo(32);
    assertThat(main.children()).extracting(FlameNode::name).containsExactly("get", "put");
  }

  @Test
  void folded_stacks_begin_at_the_root() {
    List<StackSum> stacks =
        List.of(stack(1, 5, "b;c\n", "main"), stack(1, 1, "b;c\n", "main"), stack(0, 2));
    assertThat(written(out -> FoldedStacks.write(out, false, stacks)))
        .isEqualTo("all 2\nmain;b:c? 6\n");
    assertThat(written(out -> FoldedStacks.write(out, true, stacks)))
        .isEqualTo("all 0 2\nmain;b:c? 2 6\n");
  }

  @Test
  void a_box_is_as_wide_as_its_value_and_lies_within_its_caller() throws Exception {
    Document svg = svg(tree(stack(0, 75, "put", "main"), stack(0, 25, "get", "main")));
    List<String> boxes = new ArrayList<>();
    for (int i = 0; i < svg.getElementsByTagName("rect").getLength(); i++) {
      Element rect = (Element) svg.getElementsByTagName("rect").item(i);
      boxes.add(
          svg.getElementsByTagName("title").item(i).getTextContent()
              + " "
              + rect.getAttribute("x")
              + "+"
              + rect.getAttribute("width")
              + " @"
              + rect.getAttribute("y"));
    }
    assertThat(boxes)
        .containsExactly(
            "all: 100 B, 100 %, +100 B since before 0.00+1200.00 @0",
            "main: 100 B, 100 %, +100 B since before 0.00+1200.00 @18",
            "put: 75 B, 75 %, +75 B since before 0.00+900.00 @36",
            "get: 25 B, 25 %, +25 B since before 900.00+300.00 @36");
  }

  @Test
  void names_from_a_profile_cannot_leave_their_place() throws Exception {
    FlameTree tree = tree(stack(0, 9, HOSTILE, "main"));
    assertThat(svg(tree).getElementsByTagName("script").getLength()).isZero();
    String page = written(out -> FlamePage.write(out, HOSTILE, tree));
    assertThat(page).doesNotContain("<script>alert", "\u001b", "\u0000", "https:");
    assertThat(page.split("<script>", -1)).hasSize(2);
  }

  @Test
  void endless_recursion_and_empty_profiles_are_drawn() throws Exception {
    String[] deep = Collections.nCopies(100_000, "again").toArray(String[]::new);
    assertThat(svg(tree(stack(0, 7, deep))).getElementsByTagName("rect").getLength())
        .isEqualTo(401);
    assertThat(svg(tree()).getElementsByTagName("rect").getLength()).isEqualTo(1);
    assertThat(svg(tree(stack(5, -5, "a"))).getElementsByTagName("rect").getLength()).isEqualTo(1);
  }
}
