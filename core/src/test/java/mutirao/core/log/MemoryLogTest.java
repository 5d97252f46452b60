package mutirao.core.log;

class MemoryLogTest extends LogContract {
  @Override
  protected Log create() {
    return new MemoryLog();
  }
}
