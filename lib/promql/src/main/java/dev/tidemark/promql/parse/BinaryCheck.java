package dev.tidemark.promql.parse;

import dev.tidemark.promql.ast.Binary;
import dev.tidemark.promql.ast.Matching;
import dev.tidemark.promql.ast.Matching.Group;
import dev.tidemark.promql.type.ValueType;

/** What Prometheus checks of two operands and what is between them. */
record BinaryCheck(Tokens tokens, Binary binary, int at) {

  void check(int leftStart, int rightStart) throws ParseException {
    String sign = binary.op().sign();
    Types.expectNumeric(tokens, binary.left(), leftStart, sign);
    Types.expectNumeric(tokens, binary.right(), rightStart, sign);
    boolean left = binary.left().type() == ValueType.SCALAR;
    boolean right = binary.right().type() == ValueType.SCALAR;
    if (binary.bool() && !binary.op().isComparison()) {
      throw tokens.wrong(at, "bool is for comparisons only");
    }
    if (binary.op().isComparison() && left && right && !binary.bool()) {
      throw tokens.wrong(at, "a comparison of two scalars needs bool");
    }
    if (binary.op().isSet() && (left || right)) {
      throw tokens.wrong(at, sign + " is for two instant vectors");
    }
    if (binary.op().isTrim() && left) {
      throw tokens.wrong(at, sign + " trims an instant vector, found a scalar before it");
    }
    matching(binary.matching(), left || right);
  }

  private void matching(Matching matching, boolean scalar) throws ParseException {
    if (scalar && !(matching.isPlain() && matching.fill().isNone())) {
      throw tokens.wrong(at, "vectors can be matched only with vectors");
    }
    if (binary.op().isSet() && !matching.fill().isNone()) {
      throw tokens.wrong(at, "nothing can be filled in with " + binary.op().sign());
    }
    if (binary.op().isSet() && matching.group() != Group.ONE_TO_ONE) {
      throw tokens.wrong(at, "no grouping is possible with " + binary.op().sign());
    }
    for (String label : matching.include()) {
      if (matching.on() && matching.labels().contains(label)) {
        throw tokens.wrong(at, "label " + label + " stands in on and in the group");
      }
    }
  }
}
