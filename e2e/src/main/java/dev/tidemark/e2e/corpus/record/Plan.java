package dev.tidemark.e2e.corpus.record;

import dev.tidemark.e2e.corpus.data.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which pods a part has. A function of its arguments: the same seeds give the same pods.
 *
 * @param cast pods with the behaviour and seed they come from
 */
record Plan(List<Cast> cast) {
  /** A pod and why it is there. */
  record Cast(Pod pod, Behaviour behaviour, long seed) {}

  Plan {
    cast = List.copyOf(cast);
  }

  /** Every behaviour, in the order of the tables. */
  static List<Behaviour> behaviours() {
    return Stream.concat(Healthy.all().stream(), Leaking.all().stream()).toList();
  }

  static Plan of(Part part, int seeds, double hours, List<Behaviour> behaviours) {
    List<Cast> cast = new ArrayList<>();
    for (Behaviour behaviour : behaviours) {
      for (int number = 1; number <= seeds; number++) {
        long seed = part.seed(number) * 1000 + Math.floorMod(behaviour.name().hashCode(), 1000);
        String workload = behaviour.name() + "-" + part.label() + number;
        Scene scene = new Scene(workload, hours, new Draw(seed));
        for (Pod pod : behaviour.layout().pods(scene)) {
          cast.add(new Cast(pod, behaviour, seed));
        }
      }
    }
    return new Plan(cast);
  }
}
