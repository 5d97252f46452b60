package mutirao.examples;

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
    CountDownLatch connected = new CountDownLatch(1);
    // The listener needs the client and the client the listener: the bot is where they meet.
    Bot bot = new Bot(enough, connected);
    try (MutiraoClient client =
        MutiraoClient.connect(
            ClientOptions.to(Address.from(args)).name("bot").listener(bot).build())) {
      bot.client = client;
      connected.countDown();
      System.out.println("the bot listens");
      enough.await();
      System.out.println("the bot leaves");
    }
  }

  private static final class Bot implements ClientListener {
    private final CountDownLatch enough;
    private final CountDownLatch connected;
    private volatile MutiraoClient client;

    Bot(CountDownLatch enough, CountDownLatch connected) {
      this.enough = enough;
      this.connected = connected;
    }

    @Override
    public void onBroadcast(ChatMessage message) {
      if (message.text().equals("ping")) {
        awaitConnected();
        client.broadcast("pong, " + message.sender());
      } else if (message.text().equals("basta")) {
        enough.countDown();
      }
    }

    private void awaitConnected() {
      try {
        connected.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
