package mutirao.examples;

import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;

/** Hands the same order in twice under one key: it is one task, and it runs once. */
public final class IdempotentSubmit {
  private IdempotentSubmit() {}

  public static void main(String[] args) {
    ClientOptions server = ClientOptions.to(Address.from(args)).build();
    try (MutiraoWorker worker = MutiraoWorker.of(server).operation("ship", _ -> "shipped").start();
        MutiraoClient client = MutiraoClient.connect(server)) {
      TaskRequest order = TaskRequest.of("ship").key("order-4711");
      TaskHandle first = client.submit(order);
      System.out.println(worker.name() + ": " + first.result().await().value());
      TaskHandle second = client.submit(order);
      System.out.println("the same task: " + first.id().equals(second.id()));
      System.out.println("a duplicate: " + second.accepted().await().duplicate());
    }
  }
}
