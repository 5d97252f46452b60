package mutirao.examples;

/** Where the examples' server is. */
final class Address {
  private Address() {}

  static String from(String[] args) {
    return args.length > 0 ? args[0] : "localhost:5050";
  }
}
