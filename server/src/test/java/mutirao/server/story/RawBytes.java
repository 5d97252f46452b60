package mutirao.server.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * Bytes as a story writes them: UTF-8 text with <code>\n \r \t \\</code>, <code>\xHH</code> for any
 * byte, and <code>\{text*count}</code> for a text many times.
 */
final class RawBytes {
  private final String text;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int at;

  private RawBytes(String text) {
    this.text = text;
  }

  static byte[] parse(String text) {
    RawBytes raw = new RawBytes(text);
    while (raw.at < text.length()) {
      raw.next();
    }
    return raw.bytes.toByteArray();
  }

  private void next() {
    int codePoint = text.codePointAt(at);
    at += Character.charCount(codePoint);
    if (codePoint == '\\') {
      escape();
    } else {
      bytes.writeBytes(Character.toString(codePoint).getBytes(UTF_8));
    }
  }

  private void escape() {
    char kind = at < text.length() ? text.charAt(at++) : ' ';
    switch (kind) {
      case 'n' -> bytes.write('\n');
      case 'r' -> bytes.write('\r');
      case 't' -> bytes.write('\t');
      case '\\' -> bytes.write('\\');
      case 'x' -> {
        bytes.write(Integer.parseInt(text.substring(at, at + 2), 16));
        at += 2;
      }
      case '{' -> repeat();
      default -> throw new IllegalArgumentException("no escape: \\" + kind);
    }
  }

  private void repeat() {
    int end = text.indexOf('}', at);
    int star = text.lastIndexOf('*', end);
    if (end < 0 || star < at) {
      throw new IllegalArgumentException("a repeat is written \\{text*count}");
    }
    byte[] once = parse(text.substring(at, star));
    int count = Integer.parseInt(text.substring(star + 1, end));
    for (int i = 0; i < count; i++) {
      bytes.writeBytes(once);
    }
    at = end + 1;
  }
}
