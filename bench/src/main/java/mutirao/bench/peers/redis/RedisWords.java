package mutirao.bench.peers.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Locale;
import mutirao.bench.peer.Payload;
import mutirao.bench.wire.Bytes;

/** Commands of Redis as bytes. Stateless. */
final class RedisWords {
  static final byte[] END = "\r\n".getBytes(US_ASCII);

  private RedisWords() {}

  static byte[] command(String... words) {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return text.toString().getBytes(US_ASCII);
  }

  /** A command with a payload as its last argument, up to where that begins. */
  static byte[] commandWithPayload(String... wordsBefore) {
    String[] words = Arrays.copyOf(wordsBefore, wordsBefore.length + 1);
    words[wordsBefore.length] = "x".repeat(Payload.LENGTH);
    byte[] whole = command(words);
    return Arrays.copyOf(whole, whole.length - Payload.LENGTH - END.length);
  }

  static String replyChannel(String session, int submitter) {
    return String.format(Locale.ROOT, "r-%s-%02d", session, submitter);
  }

  /** {@code PUBLISH} to each submitter, up to where the payload begins. */
  static byte[][] publishToSubmitters(String session) {
    byte[][] publish = new byte[100][];
    for (int i = 0; i < publish.length; i++) {
      publish[i] = commandWithPayload("PUBLISH", replyChannel(session, i));
    }
    return publish;
  }

  /** Where a payload must begin to be the last bulk string of a value. */
  static int lastBulk(int to) {
    return to - END.length - Payload.LENGTH;
  }

  /** The index behind the line that begins at {@code from}. */
  static int line(byte[] bytes, int from, int to) {
    return Bytes.indexOf(bytes, from, to, (byte) '\n') + 1;
  }
}
