package mutirao.bench.peers.rabbit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Builds frames of AMQP 0-9-1 (its specification, sections 2.3 and 4.2). Texts are ASCII. Not for
 * the hot path: what is sent often is built once.
 */
final class AmqpWriter {
  static final int METHOD = 1;
  static final int HEADER = 2;
  static final int BODY = 3;
  static final byte FRAME_END = (byte) 0xCE;

  /** Type, channel and length of a frame. */
  static final int FRAME_HEAD_BYTES = 7;

  static final int BASIC = 60;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  AmqpWriter octet(int value) {
    bytes.write(value);
    return this;
  }

  AmqpWriter shortInt(int value) {
    return octet(value >> 8).octet(value);
  }

  AmqpWriter longInt(int value) {
    return shortInt(value >> 16).shortInt(value);
  }

  AmqpWriter longLong(long value) {
    bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    return this;
  }

  AmqpWriter shortText(String text) {
    octet(text.length());
    bytes.writeBytes(text.getBytes(US_ASCII));
    return this;
  }

  AmqpWriter longText(String text) {
    longInt(text.length());
    bytes.writeBytes(text.getBytes(US_ASCII));
    return this;
  }

  /** A table without entries. */
  AmqpWriter emptyTable() {
    return longInt(0);
  }

  /** A table with one text in it. */
  AmqpWriter table(String key, String text) {
    AmqpWriter entry = new AmqpWriter().shortText(key).octet('S').longText(text);
    return longInt(entry.bytes.size()).raw(entry.toBytes());
  }

  AmqpWriter raw(byte[] value) {
    bytes.writeBytes(value);
    return this;
  }

  /** Begins a frame whose content is added by the caller. */
  AmqpWriter frameHead(int type, int channel, int length) {
    return octet(type).shortInt(channel).longInt(length);
  }

  /** A whole frame. */
  AmqpWriter frame(int type, int channel, AmqpWriter content) {
    return frameHead(type, channel, content.bytes.size()).raw(content.toBytes()).octet(FRAME_END);
  }

  /** A method frame. */
  static byte[] methodFrame(int channel, int classId, int methodId, AmqpWriter arguments) {
    AmqpWriter content = new AmqpWriter().shortInt(classId).shortInt(methodId);
    content.raw(arguments.toBytes());
    return new AmqpWriter().frame(METHOD, channel, content).toBytes();
  }

  /**
   * {@code basic.publish} to a queue with all frames up to where the body begins.
   *
   * @param properties their flags and values
   */
  static byte[] publish(int channel, String routingKey, AmqpWriter properties, int bodyLength) {
    byte[] publish =
        methodFrame(
            channel,
            BASIC,
            40,
            new AmqpWriter().shortInt(0).shortText("").shortText(routingKey).octet(0));
    AmqpWriter header = new AmqpWriter().shortInt(BASIC).shortInt(0).longLong(bodyLength);
    header.raw(properties.toBytes());
    return new AmqpWriter()
        .raw(publish)
        .frame(HEADER, channel, header)
        .frameHead(BODY, channel, bodyLength)
        .toBytes();
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
