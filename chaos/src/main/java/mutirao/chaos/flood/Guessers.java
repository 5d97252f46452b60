package mutirao.chaos.flood;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Logs in with wrong passwords, so many times a second, until it is killed; each time on a new
 * connection, from one of this machine's many addresses and under a name of its own. Arguments: the
 * server's port, logins a second, addresses. Prints once a second what it was told since.
 */
public final class Guessers {
  private static final int PATIENCE_MS = 30_000;
  private static final int BYTE = 256;

  private final int port;
  private final int addresses;
  private final AtomicInteger lookedAt = new AtomicInteger();
  private final AtomicInteger overloaded = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();

  private Guessers(int port, int addresses) {
    this.port = port;
    this.addresses = addresses;
  }

  /** Guesses. */
  public static void main(String[] arguments) {
    int aSecond = Integer.parseInt(arguments[1]);
    Guessers guessers =
        new Guessers(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[2]));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long startNs = System.nanoTime();
      for (int i = 0; ; i++) {
        int number = i;
        threads.execute(() -> guessers.guess(number));
        long dueNs = startNs + TimeUnit.SECONDS.toNanos(i) / aSecond;
        LockSupport.parkNanos(dueNs - System.nanoTime());
        if (i % aSecond == 0) {
          guessers.tell();
        }
      }
    }
  }

  private void tell() {
    System.out.printf(
        "%d looked at, %d overloaded, %d broken%n",
        lookedAt.getAndSet(0), overloaded.getAndSet(0), broken.getAndSet(0));
  }

  /** Of 127.0.0.0/8, which leads here as a whole. */
  private InetAddress address(int number) throws IOException {
    int host = number % addresses;
    return InetAddress.getByAddress(
        new byte[] {127, 77, (byte) (host / BYTE), (byte) (host % BYTE)});
  }

  private void guess(int number) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port, address(number), 0)) {
      socket.setSoTimeout(PATIENCE_MS);
      String frame =
          "{\"type\":\"register\",\"username\":\"g%d\",\"password\":\"guess-%d\"}%n"
              .formatted(number, number);
      socket.getOutputStream().write(frame.getBytes(UTF_8));
      String said =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8)).readLine();
      boolean full = said != null && said.contains("\"overloaded\"");
      (full ? overloaded : lookedAt).incrementAndGet();
    } catch (IOException e) {
      broken.incrementAndGet();
    }
  }
}
