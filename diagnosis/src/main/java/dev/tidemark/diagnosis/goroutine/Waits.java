package dev.tidemark.diagnosis.goroutine;

/** The kinds of waiting that verdicts tell apart. */
enum Waits {
  SEND("channel send"),
  RECEIVE("channel receive"),
  EITHER("channel operation"),
  PIPE_WRITE("pipe write"),
  PIPE_READ("pipe read"),
  LOCK("lock"),
  GROUP("WaitGroup"),
  CONDITION("condition"),
  SELECT("select"),
  OTHER("wait");

  private final String words;

  Waits(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** Whether another goroutine has to do something for it to go on. */
  boolean needsSomebody() {
    return this != SELECT && this != OTHER;
  }

  /** Whether nobody waits like this on purpose when nobody is there to end it. */
  boolean isAlwaysStuck() {
    return this == SEND || this == PIPE_WRITE || this == LOCK || this == GROUP;
  }

  static Waits of(StackGroup group) {
    String state = String.valueOf(group.state());
    return switch (state) {
      case "chan send" -> SEND;
      case "chan receive" -> isForTest(group) ? OTHER : RECEIVE;
      case InferredStates.EITHER -> isForTest(group) ? OTHER : EITHER;
      case "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock" -> LOCK;
      case "sync.WaitGroup.Wait" -> GROUP;
      case "sync.Cond.Wait" -> CONDITION;
      case "select" -> select(group);
      case "semacquire" -> semacquire(group);
      default -> OTHER;
    };
  }

  /** Whether a group does nothing but wait for a test, or for its turn to run one. */
  static boolean isForTest(StackGroup group) {
    return group.calls("testing.(*T).Run")
        || group.calls("testing.(*B).run")
        || group.calls("testing.(*F).Fuzz")
        || group.calls("testing.(*T).Parallel")
        || group.calls("testing.runTests");
  }

  /** A pipe in memory waits in a select for its other end, and for nothing else. */
  private static Waits select(StackGroup group) {
    if (group.calls("io.(*pipe).write")
        || group.calls("io.(*PipeWriter).Write")
        || group.calls("net.(*pipe).write")) {
      return PIPE_WRITE;
    }
    return group.calls("io.(*pipe).read")
            || group.calls("io.(*PipeReader).Read")
            || group.calls("net.(*pipe).read")
        ? PIPE_READ
        : SELECT;
  }

  /** Until Go 1.19 (WaitGroup: 1.24) every semaphore prints the same; the stack tells. */
  private static Waits semacquire(StackGroup group) {
    if (group.calls("sync.(*WaitGroup).Wait")) {
      return GROUP;
    }
    boolean lock =
        group.calls("sync.(*Mutex).Lock")
            || group.calls("sync.(*Mutex).lockSlow")
            || group.calls("sync.(*RWMutex).Lock")
            || group.calls("sync.(*RWMutex).RLock");
    return lock ? LOCK : OTHER;
  }
}
