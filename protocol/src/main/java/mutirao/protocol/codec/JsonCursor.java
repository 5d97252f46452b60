package mutirao.protocol.codec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import mutirao.protocol.Limits;
import mutirao.protocol.codec.scan.MalformedException;
import mutirao.protocol.codec.scan.SeenKeys;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.ErrorReportConfiguration;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.JsonTokenId;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.io.ContentReference;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.json.UTF8StreamJsonParser;
import tools.jackson.core.sym.BinaryNameMatcher;
import tools.jackson.core.sym.ByteQuadsCanonicalizer;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.BufferRecycler;

/**
 * The only file that knows the JSON library: its parser, moved from one run of bytes to the next
 * instead of being made anew for each: that costs more than reading a short frame. It leaves the
 * bytes where they are and tells where each value begins and ends.
 *
 * <p>Duplicate keys are found here: the library's own detection makes a hash set for each object of
 * three keys. Names of fields we know are matched byte by byte and never become strings.
 */
final class JsonCursor extends UTF8StreamJsonParser {
  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(Limits.MAX_DEPTH)
          .maxNumberLength(Limits.MAX_NUMBER_CHARS)
          .maxStringLength(Integer.MAX_VALUE)
          .maxNameLength(Integer.MAX_VALUE)
          .build();

  private static final PropertyNameMatcher FIELDS =
      BinaryNameMatcher.construct(Stream.of(Field.values()).map(Field::wireName).toList(), false);

  /** Stays empty: what strangers call their keys is not kept, and could be made to collide. */
  private static final ByteQuadsCanonicalizer NO_SYMBOLS = ByteQuadsCanonicalizer.createRoot();

  /** After so many bytes a cursor is thrown away, with the buffers it has grown. */
  private static final int LIFETIME_BYTES = 4 * 1024 * 1024;

  private static final AtomicReference<@Nullable JsonCursor> SPARE = new AtomicReference<>();

  private final SeenKeys seen = new SeenKeys();
  private final Fields fields = new Fields();
  private int bytesRead;

  private JsonCursor() {
    super(
        ObjectReadContext.empty(),
        new IOContext(
            CONSTRAINTS,
            StreamWriteConstraints.defaults(),
            ErrorReportConfiguration.defaults(),
            new BufferRecycler(),
            ContentReference.unknown(),
            false,
            null),
        0,
        0,
        null,
        NO_SYMBOLS.makeChildOrPlaceholder(0),
        NO_BYTES,
        0,
        0,
        0,
        false);
  }

  /** A cursor that is nobody else's until it is given back. */
  static JsonCursor take() {
    JsonCursor spare = SPARE.getAndSet(null);
    return spare == null ? new JsonCursor() : spare;
  }

  /**
   * Offers this cursor to the next taker; not after a failure, nor in the middle of an array or
   * object: the parser would go on there.
   */
  void giveBack() {
    _inputBuffer = NO_BYTES;
    _inputPtr = 0;
    _inputEnd = 0;
    fields.forget();
    if (bytesRead < LIFETIME_BYTES) {
      SPARE.set(this);
    }
  }

  /** The values of the object read last. */
  Fields fields() {
    return fields;
  }

  /**
   * Reads the object that begins at {@code start}.
   *
   * @param end where the bytes end; the object may end before
   * @return the index behind the object
   * @throws MalformedException where it is none
   */
  int readObject(byte[] buffer, int start, int end, Fields into) {
    move(buffer, start, end);
    into.begin(buffer);
    try {
      nextToken();
      readMembers(into);
      bytesRead += _inputPtr - start;
      return _inputPtr;
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /**
   * Goes into the array or object that begins at {@code start}, which is known to be well-formed.
   */
  void enter(byte[] buffer, int start, int end) {
    move(buffer, start, end);
    nextToken();
  }

  /**
   * True where the array has one more element that is an object, which {@code into} then describes.
   */
  boolean nextObject(Fields into) {
    if (nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    into.begin(_inputBuffer);
    readMembers(into);
    return true;
  }

  /** True where the array has one more element that is a string. */
  boolean nextText() {
    return nextToken() == JsonToken.VALUE_STRING;
  }

  /** True where the array entered has been left. */
  boolean isAtArrayEnd() {
    return currentToken() == JsonToken.END_ARRAY;
  }

  /** The next value where it is an integer from 0 to what {@code long} holds, or -1. */
  long nextCount() {
    boolean fits =
        nextToken() == JsonToken.VALUE_NUMBER_INT && getNumberType() != NumberType.BIG_INTEGER;
    return fits ? Math.max(-1, getLongValue()) : -1;
  }

  /** Keeps the buffers for the next value; the library calls this where the bytes end. */
  @Override
  protected void _releaseBuffers() {}

  private void move(byte[] buffer, int start, int end) {
    _inputBuffer = buffer;
    _inputPtr = start;
    _inputEnd = end;
    _currInputProcessed = 0;
    _currInputRowStart = 0;
  }

  private void readMembers(Fields into) {
    seen.open(0);
    for (; ; ) {
      int field = nextNameMatch(FIELDS);
      if (field >= 0) {
        if (into.isGiven(field)) {
          throw duplicateKey();
        }
        readValue(into, field);
      } else if (field == PropertyNameMatcher.MATCH_UNKNOWN_NAME) {
        if (!seen.add(0, currentName())) {
          throw duplicateKey();
        }
        skipValue(nextToken());
      } else if (field == PropertyNameMatcher.MATCH_END_OBJECT) {
        return;
      } else {
        throw new MalformedException("malformed", _inputPtr);
      }
    }
  }

  private void readValue(Fields into, int field) {
    JsonToken token = nextToken();
    int start = (int) _tokenInputTotal - 1;
    skipValue(token);
    into.set(field, kind(token), start, _inputPtr);
  }

  private static byte kind(JsonToken token) {
    return switch (token.id()) {
      case JsonTokenId.ID_STRING -> Fields.STRING;
      case JsonTokenId.ID_NUMBER_INT -> Fields.INTEGER;
      case JsonTokenId.ID_NUMBER_FLOAT -> Fields.DECIMAL;
      case JsonTokenId.ID_TRUE -> Fields.TRUE;
      case JsonTokenId.ID_FALSE -> Fields.FALSE;
      case JsonTokenId.ID_START_OBJECT -> Fields.OBJECT;
      case JsonTokenId.ID_START_ARRAY -> Fields.ARRAY;
      default -> Fields.NULL;
    };
  }

  /** Reads to the end of the value that {@code token} begins. */
  private void skipValue(JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      _skipString();
      return;
    }
    if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) {
      return;
    }
    int depth = 1;
    seen.open(depth);
    while (depth > 0) {
      switch (nextToken().id()) {
        case JsonTokenId.ID_START_OBJECT -> seen.open(++depth);
        case JsonTokenId.ID_START_ARRAY -> depth++;
        case JsonTokenId.ID_END_OBJECT, JsonTokenId.ID_END_ARRAY -> depth--;
        case JsonTokenId.ID_PROPERTY_NAME -> {
          if (!seen.add(depth, currentName())) {
            throw duplicateKey();
          }
        }
        default -> {}
      }
    }
  }

  /**
   * The one value that {@code bytes} are, as {@link Json} tells it.
   *
   * @throws MalformedException where they are not one
   */
  @Nullable Object readWhole(byte[] bytes) {
    move(bytes, 0, bytes.length);
    try {
      bytesRead += bytes.length;
      Object value = readTree(nextToken());
      if (nextToken() != null) {
        throw new MalformedException("malformed", (int) _tokenInputTotal - 1);
      }
      return value;
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  private @Nullable Object readTree(@Nullable JsonToken token) {
    if (token == null) {
      throw new MalformedException("malformed", _inputPtr);
    }
    return switch (token.id()) {
      case JsonTokenId.ID_STRING -> getString();
      case JsonTokenId.ID_NUMBER_INT ->
          getNumberType() == NumberType.BIG_INTEGER ? getBigIntegerValue() : getLongValue();
      case JsonTokenId.ID_NUMBER_FLOAT -> decimal();
      case JsonTokenId.ID_TRUE -> Boolean.TRUE;
      case JsonTokenId.ID_FALSE -> Boolean.FALSE;
      case JsonTokenId.ID_START_OBJECT -> readMap();
      case JsonTokenId.ID_START_ARRAY -> readList();
      default -> null;
    };
  }

  private BigDecimal decimal() {
    try {
      return new BigDecimal(getString());
    } catch (NumberFormatException e) {
      throw new MalformedException(
          "malformed.number", (int) _tokenInputTotal - 1, Limits.MAX_NUMBER_CHARS);
    }
  }

  private Map<String, @Nullable Object> readMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (String key = nextName(); key != null; key = nextName()) {
      if (map.containsKey(key)) {
        throw duplicateKey();
      }
      map.put(key, readTree(nextToken()));
    }
    return map;
  }

  private List<@Nullable Object> readList() {
    List<@Nullable Object> list = new ArrayList<>();
    for (JsonToken token = nextToken(); token != JsonToken.END_ARRAY; token = nextToken()) {
      list.add(readTree(token));
    }
    return list;
  }

  private MalformedException duplicateKey() {
    String shown = currentName();
    return new MalformedException(
        "malformed.duplicate_key", _nameStartOffset - 1, Fields.shorten(shown));
  }

  private MalformedException malformed(JacksonException e) {
    int position =
        (int) Math.max(0, e.getLocation() == null ? _inputPtr : e.getLocation().getByteOffset());
    if (!(e instanceof StreamConstraintsException)) {
      return new MalformedException("malformed", position);
    }
    return streamReadContext().getNestingDepth() >= Limits.MAX_DEPTH
        ? new MalformedException("malformed.depth", position, Limits.MAX_DEPTH)
        : new MalformedException("malformed.number", position, Limits.MAX_NUMBER_CHARS);
  }
}
