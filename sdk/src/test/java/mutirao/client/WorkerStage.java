package mutirao.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import mutirao.client.fake.FakeConnection;
import mutirao.client.fake.FakeServer;
import mutirao.protocol.ClientFrame;
import mutirao.protocol.RawJson;
import mutirao.protocol.ServerFrame;

/**
 * A worker called Worker-1 with two slots on one side, a server played by the test on the other.
 */
final class WorkerStage implements AutoCloseable {
  final FakeServer server = new FakeServer();
  final MutiraoWorker worker;
  final ClientFrame.Register register;
  FakeConnection connection;

  private WorkerStage(Map<String, Operation> operations, MutiraoWorker.Observer observer) {
    ClientOptions options =
        ClientOptions.to(server.address())
            .name("Worker-1")
            .reconnect(
                new ClientOptions.Reconnect(true, Duration.ofMillis(1), Duration.ofMillis(2), null))
            .build();
    CompletableFuture<MutiraoWorker> starting =
        CompletableFuture.supplyAsync(
            () ->
                MutiraoWorker.of(options)
                    .operations(operations)
                    .slots(2)
                    .observer(observer)
                    .start());
    connection = server.accept();
    register = connection.register("Worker-1");
    worker = Stage.get(starting);
  }

  static WorkerStage set(Map<String, Operation> operations) {
    return set(operations, MutiraoWorker.Observer.NONE);
  }

  static WorkerStage set(Map<String, Operation> operations, MutiraoWorker.Observer observer) {
    return new WorkerStage(operations, observer);
  }

  /** Gives the worker an attempt of the operation {@code op}. */
  void give(String task, int attempt, String params) {
    connection.send(
        new ServerFrame.Task(task, attempt, "op", RawJson.of(params), "ana", 60_000, null));
  }

  void record(ClientFrame.Done done) {
    connection.send(new ServerFrame.Recorded(done.ref(), done.task(), done.attempt()));
  }

  /** Breaks the connection and takes the one with which the worker comes back. */
  ClientFrame.Register comeBack(boolean resumed) {
    connection.close();
    connection = server.accept();
    return connection.register("Worker-1", resumed);
  }

  @Override
  public void close() {
    connection.close();
    server.close();
    worker.close();
  }
}
