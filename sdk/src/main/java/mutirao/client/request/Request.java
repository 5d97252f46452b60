package mutirao.client.request;

/** One frame that waits for its direct answer. Under the session's lock, once it is handed in. */
final class Request {

  final long ref;
  final RequestKind kind;
  final byte[] line;
  final RequestHandler handler;
  final long deadlineMs;

  /** Whether it was ever handed to a connection, so that the server may have received it. */
  boolean sent;

  Request(long ref, RequestKind kind, byte[] line, RequestHandler handler, long deadlineMs) {
    this.ref = ref;
    this.kind = kind;
    this.line = line;
    this.handler = handler;
    this.deadlineMs = deadlineMs;
  }
}
