package dev.tidemark.diagnosis.gctrace;

/** The forms of gctrace lines that Go has had. */
public enum Form {
  /** Go 1.0 to 1.4: {@code gc7(1): …}; tells neither times nor goals. */
  STOP_THE_WORLD,
  /** Go 1.5: five phases. */
  FIVE_PHASES,
  /** Go 1.6 to 1.17: three phases. */
  THREE_PHASES,
  /** Go 1.18 and later: with the stacks and globals that count for the goal. */
  WITH_ROOTS
}
