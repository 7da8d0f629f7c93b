package dev.tidemark.diagnosis.goroutine;

/** The kinds of waiting that verdicts tell apart. */
enum Waits {
  SEND("channel send"),
  RECEIVE("channel receive"),
  EITHER("channel operation"),
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

  static Waits of(StackGroup group) {
    String state = String.valueOf(group.state());
    return switch (state) {
      case "chan send" -> SEND;
      case "chan receive" -> RECEIVE;
      case InferredStates.EITHER -> EITHER;
      case "sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock" -> LOCK;
      case "sync.WaitGroup.Wait" -> GROUP;
      case "sync.Cond.Wait" -> CONDITION;
      case "select" -> SELECT;
      case "semacquire" -> semacquire(group);
      default -> OTHER;
    };
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
