package dev.tidemark.engine.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTest {
  @ParameterizedTest(name = "up to {0}")
  @ValueSource(ints = {0, 1, 3, 4, 12, 31, 63, 64, 127, 255, 256, 1023, 4000, 65_535})
  void holds_what_an_array_would(int largest) {
    Random random = new Random(largest);
    for (int length : new int[] {1, 21, 64, 120, 2016}) {
      Packed packed = new Packed(length);
      int[] model = new int[length];
      for (int step = 0; step < 3 * length; step++) {
        int at = random.nextInt(length);
        int upTo = 1 + (int) ((long) largest * Math.min(step, length) / length);
        int number = Math.min(largest, random.nextInt(upTo + 1));
        packed.set(at, number);
        model[at] = number;
        if (step % 97 == 0) {
          assertSame(packed, model);
        }
      }
      packed.set(length - 1, largest);
      model[length - 1] = largest;
      assertSame(packed, model);
      Packed other = new Packed(length);
      other.set(0, 65_535);
      Packed.Refill refill = other.refill(largest);
      for (int number : model) {
        refill.put(number);
      }
      refill.end();
      assertSame(other, model);
    }
  }

  private static void assertSame(Packed packed, int[] model) {
    assertThat(packed.length()).isEqualTo(model.length);
    int[] held = new int[model.length];
    for (int i = 0; i < held.length; i++) {
      held[i] = packed.get(i);
    }
    assertThat(held).isEqualTo(model);
  }
}
