package mutirao.examples;

import java.time.Duration;
import java.util.Map;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;

/** A task for later: the server keeps it, no worker waits for it. */
public final class ScheduledTask {
  private ScheduledTask() {}

  public static void main(String[] args) {
    ClientOptions server = ClientOptions.to(Address.from(args)).build();
    try (MutiraoWorker worker =
            MutiraoWorker.of(server).operation("remind", task -> task.text("what")).start();
        MutiraoClient client = MutiraoClient.connect(server)) {
      TaskHandle reminder =
          client.submit(
              TaskRequest.of("remind")
                  .params(Map.of("what", "drink water"))
                  .delay(Duration.ofMillis(200)));
      System.out.println(client.query(reminder.id()).await().state() + " for " + worker.name());
      System.out.println(reminder.result().await().value());
    }
  }
}
