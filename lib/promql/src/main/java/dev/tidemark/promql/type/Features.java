package dev.tidemark.promql.type;

/**
 * Syntax that came after Prometheus 2.42; functions say it themselves ({@link Function#feature()}).
 * Sources: CHANGELOG.md of prometheus/prometheus up to 3.15, tried on 2.42, 2.53 and 3.5; what is
 * of 3.16 as cloudflare/pint 0.90 tells it.
 */
public final class Features {
  /** The flag of experimental functions and aggregations. */
  public static final String FUNCTIONS_FLAG = "promql-experimental-functions";

  /** 2.53 parses some of them, but has such names only behind a flag. */
  public static final Feature QUOTED_NAMES = Feature.stable("a name in quotes", "3.0");

  public static final Feature COLON_LABELS = Feature.stable("a label with a colon", "3.0");
  public static final Feature UNDERSCORES = Feature.stable("a number with underscores", "2.54");
  public static final Feature DURATION_AS_NUMBER = Feature.stable("a duration as a number", "2.54");
  public static final Feature NUMBER_AS_DURATION = Feature.stable("a number as a duration", "2.54");
  public static final Feature OFFSET_OF_ZERO = Feature.stable("an offset of 0", "2.54");
  public static final Feature DURATION_SIGN =
      Feature.stable("a + or a second sign before a duration", "3.4");
  public static final Feature NAMED_GROUPS = Feature.stable("a group (?<name>…)", "2.53");
  public static final Feature TRIM = Feature.stable("a trim operator", "3.11");
  public static final Feature DURATION_EXPRESSIONS =
      new Feature(
          "arithmetic in a duration",
          Release.parse("3.4"),
          "promql-duration-expr",
          Release.parse("3.14"),
          null);
  public static final Feature DURATION_CHOICES =
      new Feature(
          "min_of or max_of in a duration",
          Release.parse("3.13"),
          "promql-duration-expr",
          Release.parse("3.14"),
          null);
  public static final Feature EXTENDED_RANGES =
      new Feature(
          "anchored or smoothed",
          Release.parse("3.7"),
          "promql-extended-range-selectors",
          Release.parse("3.16"),
          null);
  public static final Feature FILL =
      Feature.trial("a fill modifier", "3.10", "promql-binop-fill-modifiers");
  public static final Feature LIMITS =
      Feature.trial("limitk or limit_ratio", "2.54", FUNCTIONS_FLAG);

  private Features() {}
}
