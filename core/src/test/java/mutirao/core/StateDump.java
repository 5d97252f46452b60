package mutirao.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A whole state as text, so that two of them can be compared and a difference can be read. It
 * follows every field of every object, so that nothing that is added later is left out: queues,
 * heaps and the order of every list included. What has no order (hash maps, the slots of a {@link
 * LongMap}) is shown in the order of its keys. Only transient fields are not shown: they are no
 * part of the truth.
 */
public final class StateDump {
  private final StringBuilder out = new StringBuilder();
  private final IdentityHashMap<Object, Integer> numbers = new IdentityHashMap<>();
  private final ArrayDeque<Object> toShow = new ArrayDeque<>();

  private StateDump() {}

  /** Everything that makes a state. */
  public static String of(State state) {
    StateDump dump = new StateDump();
    dump.reference(state);
    while (!dump.toShow.isEmpty()) {
      dump.show(dump.toShow.removeFirst());
    }
    return dump.out.toString();
  }

  private void show(Object object) {
    out.append('#').append(numbers.get(object)).append(' ');
    fields(object);
    out.append('\n');
  }

  /** A value has no identity: two tasks may share a spec, and a restart makes it two. */
  private void fields(Object object) {
    out.append(object.getClass().getSimpleName());
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      if (isOurs(type)) {
        for (Field field : type.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers())
              && !Modifier.isTransient(field.getModifiers())) {
            out.append(' ').append(field.getName()).append('=');
            value(get(field, object));
          }
        }
      }
    }
  }

  private static @Nullable Object get(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isOurs(Class<?> type) {
    return type.getName().startsWith("mutirao.");
  }

  private void value(@Nullable Object value) {
    switch (value) {
      case null -> out.append('-');
      case byte[] bytes -> out.append(new String(bytes, UTF_8));
      case LongMap<?> map -> map(map);
      case Enum<?> constant -> out.append(constant.name());
      case Record words -> fields(words);
      case Object object when isOurs(object.getClass()) -> reference(object);
      case Map<?, ?> map when map.getClass() == HashMap.class -> sorted(map);
      case Map<?, ?> map -> map.forEach((key, entry) -> entry(String.valueOf(key), entry));
      case Collection<?> set when set.getClass() == HashSet.class ->
          out.append(set.stream().map(String::valueOf).sorted().toList());
      case Collection<?> list -> list(new ArrayList<>(list));
      case Object array when array.getClass().isArray() -> list(elements(array));
      default -> out.append(value);
    }
  }

  private void list(List<?> elements) {
    out.append('[');
    for (Object element : elements) {
      value(element);
      out.append(',');
    }
    out.append(']');
  }

  /** What an array holds; how much room it has beyond that is no part of the state. */
  private static List<@Nullable Object> elements(@Nullable Object array) {
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array); i++) {
      elements.add(Array.get(array, i));
    }
    while (!elements.isEmpty() && isFree(elements.getLast())) {
      elements.removeLast();
    }
    return elements;
  }

  private static boolean isFree(@Nullable Object element) {
    return element == null || element.equals(0L);
  }

  private void map(LongMap<?> map) {
    try {
      List<?> keys = elements(get(LongMap.class.getDeclaredField("keys"), map));
      List<?> values = elements(get(LongMap.class.getDeclaredField("values"), map));
      Map<Object, Object> sorted = new TreeMap<>();
      for (int i = 0; i < values.size(); i++) {
        if (values.get(i) != null) {
          sorted.put(keys.get(i), values.get(i));
        }
      }
      sorted.forEach((key, entry) -> entry(String.valueOf(key), entry));
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private void sorted(Map<?, ?> map) {
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    map.forEach((key, entry) -> sorted.put(String.valueOf(key), entry));
    sorted.forEach(this::entry);
  }

  private void entry(String key, @Nullable Object value) {
    out.append('{').append(key).append(':');
    value(value);
    out.append('}');
  }

  /** Objects are numbered in the order in which they are met, and each is shown once. */
  private void reference(Object object) {
    Integer number = numbers.get(object);
    if (number == null) {
      number = numbers.size();
      numbers.put(object, number);
      toShow.addLast(object);
    }
    out.append('#').append(number);
  }
}
