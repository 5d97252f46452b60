package mutirao.web.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Server-sent events as they come in. */
public final class Events implements AutoCloseable {
  private static final String END = "end";

  /** One event. */
  public record Event(String topic, String data) {
    /** What it says. */
    public Value json() {
      return Value.of(data);
    }
  }

  private final HttpResponse<InputStream> response;
  private final BlockingQueue<Event> heard = new LinkedBlockingQueue<>();

  Events(HttpResponse<InputStream> response) {
    this.response = response;
    Thread.startVirtualThread(this::read);
  }

  /** The HTTP status. */
  public int status() {
    return response.statusCode();
  }

  /** The content type. */
  public String type() {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  private void read() {
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), UTF_8))) {
      String topic = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("event: ")) {
          topic = line.substring("event: ".length());
        } else if (line.startsWith("data: ")) {
          heard.add(new Event(topic, line.substring("data: ".length())));
        } else if (!line.isEmpty() && !line.startsWith(":")) {
          heard.add(new Event("not an event", line));
        }
      }
    } catch (IOException e) {
      // The test hung up, or the server did without a word; both are an end.
    }
    heard.add(new Event(END, ""));
  }

  /** The next event. */
  public Event next() {
    try {
      Event event = heard.poll(Await.PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("nothing is told");
      }
      return event;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The next event of a topic that is as wanted; others are passed over. */
  public Value next(String topic, Predicate<Value> wanted) {
    long deadline = deadline();
    while (true) {
      Event event = next();
      if (System.nanoTime() > deadline) {
        throw new AssertionError("much is told, but nothing of that");
      }
      if (event.topic().equals(END)) {
        throw new AssertionError("it ended without " + topic);
      }
      if (event.topic().equals(topic) && wanted.test(event.json())) {
        return event.json();
      }
    }
  }

  /** Passes over everything until the server ends it; the last event that came before. */
  public Event awaitEnd() {
    long deadline = deadline();
    Event last = new Event("", "");
    for (Event event = next(); !event.topic().equals(END); event = next()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it goes on and on");
      }
      last = event;
    }
    return last;
  }

  private static long deadline() {
    return System.nanoTime() + TimeUnit.SECONDS.toNanos(Await.PATIENCE_SECONDS);
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
