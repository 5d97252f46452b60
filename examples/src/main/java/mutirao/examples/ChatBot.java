package mutirao.examples;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import mutirao.client.ChatMessage;
import mutirao.client.ClientListener;
import mutirao.client.ClientOptions;
import mutirao.client.MutiraoClient;

/** Answers everybody in the lobby who says "ping", until somebody says "basta". */
public final class ChatBot {
  private ChatBot() {}

  public static void main(String[] args) throws InterruptedException {
    CountDownLatch enough = new CountDownLatch(1);
    // The listener needs the client and the client the listener: the future is where they meet.
    CompletableFuture<MutiraoClient> connected = new CompletableFuture<>();
    Bot bot = new Bot(enough, connected);
    try (MutiraoClient client =
        MutiraoClient.connect(
            ClientOptions.to(Address.from(args)).name("bot").listener(bot).build())) {
      connected.complete(client);
      System.out.println("the bot listens");
      enough.await();
      System.out.println("the bot leaves");
    }
  }

  private record Bot(CountDownLatch enough, CompletableFuture<MutiraoClient> connected)
      implements ClientListener {
    @Override
    public void onBroadcast(ChatMessage message) {
      if (message.text().equals("ping")) {
        // Nobody waits for the pong to arrive; where it must, keep the reply and await it.
        var _ = connected.join().broadcast("pong, " + message.sender());
      } else if (message.text().equals("basta")) {
        enough.countDown();
      }
    }
  }
}
