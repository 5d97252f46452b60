package mutirao.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class OpenImagesTest {

  @Test
  void oneIsOpenUntilItIsMade() {
    OpenImages images = new OpenImages();
    assertFalse(images.areOpen());

    Supplier<String> first = images.take(() -> "first");
    Supplier<String> second = images.take(() -> "second");

    assertEquals(2, images.taken());
    assertEquals("first", first.get());
    assertTrue(images.areOpen());
    assertEquals("second", second.get());
    assertFalse(images.areOpen());
  }

  @Test
  void oneIsMadeOnce() {
    OpenImages images = new OpenImages();
    Supplier<Object> image = images.take(Object::new);
    Supplier<Object> other = images.take(Object::new);

    assertSame(image.get(), image.get());
    assertTrue(images.areOpen());
    assertSame(other.get(), other.get());
    assertFalse(images.areOpen());
  }
}
