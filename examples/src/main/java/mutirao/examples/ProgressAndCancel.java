package mutirao.examples;

import java.util.concurrent.CountDownLatch;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;
import mutirao.client.TaskHandle;
import mutirao.client.TaskRequest;

/** A long task that tells how far it is, and is stopped half way. */
public final class ProgressAndCancel {
  private ProgressAndCancel() {}

  public static void main(String[] args) throws InterruptedException {
    ClientOptions server = ClientOptions.to(Address.from(args)).build();
    CountDownLatch submitted = new CountDownLatch(1);
    try (MutiraoWorker worker =
            MutiraoWorker.of(server)
                .operation(
                    "dig",
                    task -> {
                      submitted.await();
                      task.progress(50, "half a hole");
                      // Interrupted when the task is cancelled; nobody else counts this down.
                      new CountDownLatch(1).await();
                      return "a hole";
                    })
                .start();
        MutiraoClient client = MutiraoClient.connect(server)) {
      CountDownLatch half = new CountDownLatch(1);
      TaskHandle hole =
          client
              .submit(TaskRequest.of("dig"))
              .onProgress(
                  progress -> {
                    System.out.println(worker.name() + " says: " + progress.message());
                    half.countDown();
                  });
      submitted.countDown();
      half.await();
      hole.cancel().await();
      System.out.println(hole.result().await().state());
    }
  }
}
