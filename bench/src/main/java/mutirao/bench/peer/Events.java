package mutirao.bench.peer;

import mutirao.bench.wire.Connection;

/** What speakers tell the workload; called by the loop's thread. */
public interface Events {

  /** The greeting is over: the connection can work. */
  void ready();

  /**
   * Something that must not happen in a measurement: a refusal, a broken connection, an answer that
   * makes no sense.
   */
  void failed(String what);

  /** What submitters tell. */
  interface Tasks extends Events {
    /**
     * The peer has promised to run a task.
     *
     * @param taskId a hash of the peer's name for it; 0 where it has none
     */
    void accepted(int submitter, long sequence, long taskId);

    /** A task's result, {@code [from, to)} being the payload in upper case. */
    void result(int submitter, byte[] bytes, int from, int to, long taskId);
  }

  /** What members tell. */
  interface Stream extends Events {
    /** Bytes of the common stream; returns the index up to which they are consumed. */
    int stream(int member, Connection connection, byte[] bytes, int from, int to);
  }
}
