package dev.tidemark.promql.flow;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.Call;
import dev.tidemark.promql.ast.Expr;
import dev.tidemark.promql.ast.VectorSelector;

/** Whether an expression can give something, its conditions taken as true. */
public final class Giving {
  private Giving() {}

  /**
   * Whether a selector finds something.
   *
   * @param <X> what asking may throw
   */
  @FunctionalInterface
  public interface Finds<X extends Exception> {
    boolean test(VectorSelector selector) throws X;
  }

  /**
   * @param absent whether {@code absent(…)} counts as something
   * @param <X> what asking may throw
   */
  public static <X extends Exception> boolean gives(Expr expr, boolean absent, Finds<X> finds)
      throws X {
    if (expr instanceof VectorSelector selector) {
      return finds.test(selector);
    }
    if (expr instanceof Call call && call.function().name().startsWith("absent")) {
      return absent;
    }
    if (expr instanceof Binary binary) {
      return switch (binary.op()) {
        case OR -> gives(binary.left(), absent, finds) || gives(binary.right(), absent, finds);
        case UNLESS -> gives(binary.left(), absent, finds);
        default -> gives(binary.left(), absent, finds) && gives(binary.right(), absent, finds);
      };
    }
    for (Expr part : expr.parts()) {
      if (!gives(part, absent, finds)) {
        return false;
      }
    }
    return true;
  }
}
