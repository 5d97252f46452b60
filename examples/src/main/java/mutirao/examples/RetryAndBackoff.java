package mutirao.examples;

import java.time.Duration;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.client.OperationException;
import mutirao.client.TaskRequest;
import mutirao.client.TaskResult;

/**
 * An operation that fails twice; the server waits between the attempts, twice as long each time.
 */
public final class RetryAndBackoff {
  private RetryAndBackoff() {}

  public static void main(String[] args) {
    ClientOptions server = ClientOptions.to(Address.from(args)).build();
    try (MutiraoWorker worker =
            MutiraoWorker.of(server)
                .operation(
                    "flaky",
                    task -> {
                      System.out.println("attempt " + task.attempt());
                      if (task.attempt() < 3) {
                        throw new OperationException("busy", "come back later", true);
                      }
                      return "at last";
                    })
                .start();
        MutiraoClient client = MutiraoClient.connect(server)) {
      System.out.println("on " + worker.name());
      TaskResult result =
          client
              .submit(TaskRequest.of("flaky").maxAttempts(5).backoff(Duration.ofMillis(50)))
              .result()
              .await();
      System.out.println(result.state() + " after " + result.attempt() + ": " + result.value());
    }
  }
}
