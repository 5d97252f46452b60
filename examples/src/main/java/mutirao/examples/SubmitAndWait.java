package mutirao.examples;

import java.util.List;
import java.util.Map;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;
import mutirao.client.TaskResult;

/** Hands in many tasks at once and takes the results as they are needed. */
public final class SubmitAndWait {
  private SubmitAndWait() {}

  public static void main(String[] args) {
    ClientOptions server = ClientOptions.to(Address.from(args)).build();
    try (MutiraoWorker worker = MutiraoWorker.of(server).builtInOperations().slots(4).start();
        MutiraoClient client = MutiraoClient.connect(server)) {
      System.out.println("waiting for " + worker.name());
      List<TaskHandle> tasks =
          List.of("um", "dois e meio", "três vezes três é nove").stream()
              .map(text -> TaskRequest.of("count_words").params(Map.of("text", text)))
              .map(client::submit)
              .toList();
      for (TaskHandle task : tasks) {
        TaskResult result = task.result().await();
        System.out.println(task.operation() + " " + result.state() + ": " + result.value());
      }
    }
  }
}
