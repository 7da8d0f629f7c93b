package dev.tidemark.exporter.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CrewTest {
  private final AtomicInteger done = new AtomicInteger();

  private List<Runnable> tasks(int count) {
    return IntStream.range(0, count).<Runnable>mapToObj(i -> done::incrementAndGet).toList();
  }

  @Test
  void who_gets_no_helper_does_all_of_it_alone() {
    ThreadFactory none =
        work -> {
          throw new OutOfMemoryError("unable to create native thread");
        };
    new Crew(4, none).work(tasks(100));
    assertThat(done).hasValue(100);
  }

  @Test
  void what_helpers_work_is_counted_and_what_the_caller_works_is_not() {
    Crew alone = new Crew(1);
    alone.work(tasks(100));
    assertThat(alone.helpedNanos()).isZero();
    Crew two = new Crew(2);
    CountDownLatch both = new CountDownLatch(2); // neither can do the other's
    Runnable together =
        () -> {
          both.countDown();
          await(both);
        };
    two.work(List.of(together, together));
    assertThat(two.helpedNanos()).isPositive();
  }

  @Test
  void a_helper_that_began_before_another_could_not_is_waited_for() {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch refused = new CountDownLatch(1);
    AtomicInteger made = new AtomicInteger();
    ThreadFactory one =
        work -> {
          if (made.getAndIncrement() == 0) {
            return new Thread(work, "only helper");
          }
          refused.countDown();
          throw new OutOfMemoryError("unable to create native thread");
        };
    Runnable slow =
        () -> {
          began.countDown();
          await(refused);
          done.incrementAndGet();
        };
    Runnable last =
        () -> {
          await(began);
          done.incrementAndGet();
        };
    new Crew(3, one).work(List.of(slow, last, done::incrementAndGet));
    assertThat(done).hasValue(3);
  }

  @Test
  void one_hand_and_no_task_need_nobody() {
    new Crew(1).work(tasks(3));
    new Crew(3).work(tasks(0));
    assertThat(done).hasValue(3);
  }

  @Test
  void what_a_task_throws_is_thrown_and_what_was_not_begun_is_left() {
    Runnable fails =
        () -> {
          throw new IllegalStateException("one of them");
        };
    List<Runnable> all = List.of(fails, done::incrementAndGet);
    assertThatThrownBy(() -> new Crew(1).work(all)).hasMessage("one of them");
    assertThat(done).hasValue(0);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
