package dev.tidemark.exporter.fleet;

/**
 * Wants to see the fleet between two slots. Slots that nobody wants are judged together, which is
 * several times faster, so it should want few.
 */
public interface Onlooker {
  /** Wants nothing. */
  Onlooker NOBODY =
      new Onlooker() {
        @Override
        public boolean wants(long slot) {
          return false;
        }

        @Override
        public void judged(long slot) {}
      };

  /** Whether it wants to see what is known after this slot; asked once a slot, in order. */
  boolean wants(long slot);

  /** All of a slot that it wants was judged and taught, and nothing of the next. */
  void judged(long slot);
}
