package dev.tidemark.webhook.step;

/** What another program said, fit for a line of text. */
public final class Said {
  private static final int MOST = 200;

  private Said() {}

  /** At most 200 characters, control characters as spaces. */
  public static String shortly(String text) {
    String line = text.strip().replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ");
    return line.length() <= MOST ? line : line.substring(0, MOST) + "…";
  }
}
