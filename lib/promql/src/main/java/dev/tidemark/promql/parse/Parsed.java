package dev.tidemark.promql.parse;

import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.type.Release;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An expression with what its text tells beyond the tree: places, and what it asks of a server. */
public final class Parsed {
  private final String text;
  private final Expr expr;
  private final boolean commented;
  private final List<Use> uses;
  private final IdentityHashMap<Expr, Span> places;

  /**
   * A piece of the text.
   *
   * @param offset index of its first character
   * @param length in characters
   */
  public record Span(int offset, int length) {}

  Parsed(Expr expr, Tokens tokens, boolean commented) {
    this.text = tokens.text();
    this.expr = expr;
    this.commented = commented;
    this.uses = tokens.uses();
    this.places = tokens.places();
  }

  public String text() {
    return text;
  }

  public Expr expr() {
    return expr;
  }

  /** Whether it holds a comment, which the tree does not. */
  public boolean isCommented() {
    return commented;
  }

  /** Functions and newer syntax in the order of the text. */
  public List<Use> uses() {
    return uses;
  }

  /**
   * What of it a Prometheus of this release does not read; none where it reads all.
   *
   * @param flags what the server names in {@code --enable-feature}
   */
  public List<Lack> lacking(Release target, Set<String> flags) {
    List<Lack> all = new ArrayList<>();
    for (Use use : uses) {
      use.feature().lacking(target, flags).ifPresent(why -> all.add(new Lack(use, why)));
    }
    return all;
  }

  /** Where a node of this very tree stands, without parentheses around it. */
  public Optional<Span> place(Expr node) {
    return Optional.ofNullable(places.get(node));
  }
}
