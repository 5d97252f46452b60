package mutirao.protocol.codec.scan;

/**
 * The bytes are not one strict JSON value. Never leaves this package, and carries no stack trace:
 * it stands for what a peer sent, not for where we noticed.
 */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final int position;
  private final transient Object[] arguments;

  /**
   * @param key the sentence in the resource bundle; its last placeholder is the position
   * @param position index in the array that was read
   */
  public MalformedException(String key, int position, Object... arguments) {
    super(key, null, false, false);
    this.key = key;
    this.position = position;
    this.arguments = arguments;
  }

  public String key() {
    return key;
  }

  public int position() {
    return position;
  }

  public Object[] arguments() {
    return arguments.clone();
  }
}
