package mutirao.examples;

import java.util.Map;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;
import mutirao.client.MutiraoWorker;

/** Teaches a worker an operation of one's own, and asks for it. */
public final class OwnOperation {
  private OwnOperation() {}

  public static void main(String[] args) {
    ClientOptions server = ClientOptions.to(Address.from(args)).build();
    try (MutiraoWorker worker =
            MutiraoWorker.of(server)
                .operation("reverse", task -> reversed(task.text("text")))
                .start();
        MutiraoClient client = MutiraoClient.connect(server)) {
      System.out.println(worker.name() + " knows " + worker.operations());
      System.out.println(client.call("reverse", Map.of("text", "mutirao")));
    }
  }

  private static String reversed(String text) {
    return new StringBuilder(text).reverse().toString();
  }
}
