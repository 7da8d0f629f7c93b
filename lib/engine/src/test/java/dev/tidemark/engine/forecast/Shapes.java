package dev.tidemark.engine.forecast;

import java.util.Random;

/** Ways in which a memory ratio moves; one value every 30 s. */
enum Shapes {
  FLAT,
  WANDERING,
  SAWTOOTH,
  DIURNAL,
  DIURNAL_SAWTOOTH,
  STEP,
  WARMING,
  LEAK,
  SLOW_SAWTOOTH,
  RANDOM_WALK,
  BURSTS,
  RESTARTS;

  static final int STEP_SECONDS = 30;

  double[] make(long seed, int n) {
    Random random = new Random(seed * 31 + name().hashCode());
    double base = 0.2 + 0.4 * random.nextDouble();
    double noise = 0.002 + 0.02 * random.nextDouble();
    double amplitude = 0.05 + 0.15 * random.nextDouble();
    int quick = 120 + random.nextInt(480);
    int slow = 1800 + random.nextInt(7200);
    double phase = random.nextDouble() * 86_400;
    double leak = (0.02 + 0.2 * random.nextDouble()) / 3600;
    int step = n / 3 + random.nextInt(n / 3);
    double life = 3600 * (1 + 3 * random.nextDouble());
    double wander = 0;
    double walk = 0;
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      double t = i * STEP_SECONDS;
      double e = noise * random.nextGaussian();
      wander = 0.98 * wander + noise * random.nextGaussian();
      walk += 0.0005 * random.nextGaussian();
      double day = amplitude * Math.sin(2 * Math.PI * (t + phase) / 86_400);
      y[i] =
          switch (this) {
            case FLAT -> base + e;
            case WANDERING -> base + wander + e * 0.2;
            case SAWTOOTH -> base + amplitude * (t % quick) / quick + e * 0.3;
            case DIURNAL -> base + day + e * 0.5;
            case DIURNAL_SAWTOOTH -> base + day + 0.05 * (t % quick) / quick + e * 0.3;
            case STEP -> base + (i > step ? amplitude : 0) + e * 0.5;
            case WARMING -> base + 0.4 * (1 - Math.exp(-t / slow)) + e * 0.3;
            case LEAK -> base + (leak * t) % 0.5 + e * 0.3;
            case SLOW_SAWTOOTH -> base + amplitude * (t % slow) / slow + e * 0.3;
            case RANDOM_WALK -> base + walk + e * 0.1;
            case BURSTS -> base + ((t + phase) % 3600 < 300 ? amplitude : 0) + e * 0.3;
            case RESTARTS -> base * (0.5 + 0.8 * (1 - Math.exp(-(t % life) / 600))) + e * 0.3;
          };
    }
    return y;
  }
}
