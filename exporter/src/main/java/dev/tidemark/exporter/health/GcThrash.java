package dev.tidemark.exporter.health;

import dev.tidemark.engine.Judgement;
import java.util.ArrayList;
import java.util.List;

/**
 * The collector works so hard that little else is done; under GOMEMLIMIT that is what a leak is.
 */
final class GcThrash implements Rule {
  @Override
  public TroubleClass trouble() {
    return TroubleClass.GC_THRASH;
  }

  @Override
  public boolean hasToLast() {
    return true;
  }

  @Override
  public Finding of(Vitals vitals, HealthConfig config) {
    double cpu = vitals.value(Ids.GC_CPU);
    double rate = vitals.value(Ids.GC_RATE);
    if (Double.isNaN(cpu) && Double.isNaN(rate)) {
      return Finding.unknown(trouble(), Ids.GC_CPU + " and " + Ids.GC_RATE);
    }
    double used = vitals.value(Ids.HEAP_INUSE) / vitals.value(Ids.GOMEMLIMIT);
    boolean near = used >= config.gomemlimitShare();
    double pause = vitals.value(Ids.GC_PAUSE);
    boolean slow = pause >= config.pause().toNanos() / 1e9;
    boolean uneven = vitals.memory().unevenCollections(config.jitter());
    boolean hard = cpu >= config.gcCpu();
    boolean often = rate >= config.gcRate() || (near && moreThanUsual(vitals, rate));
    boolean yes = hard || (often && (near || Double.isNaN(cpu))) || (near && slow && uneven);
    List<String> words = new ArrayList<>();
    say(words, cpu, "the collector takes " + Amounts.percent(cpu) + " of the CPU");
    say(words, rate, Amounts.count(rate) + " collections a second");
    say(words, used, "the heap in use is at " + Amounts.percent(used) + " of GOMEMLIMIT");
    if (slow) {
      words.add("pauses of " + Amounts.seconds(pause));
    }
    if (uneven) {
      words.add("unevenly");
    }
    String reason = String.join(", ", words);
    return yes ? Finding.yes(trouble(), reason) : Finding.no(trouble(), reason);
  }

  private static boolean moreThanUsual(Vitals vitals, double rate) {
    Judgement judged = vitals.judged(Ids.GC_RATE);
    double usual = judged == null ? vitals.memory().usualCollections() : judged.expected();
    return rate >= 1 && rate >= ProcessMemory.TIMES_USUAL * usual;
  }

  private static void say(List<String> words, double value, String text) {
    if (!Double.isNaN(value)) {
      words.add(text);
    }
  }
}
