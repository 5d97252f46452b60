package mutirao.web.openapi;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tests made of the document, against one server with something of everything in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InAWorld {
  final Document document = Document.read();
  final Schemas schemas = new Schemas(document);
  World world;

  @BeforeAll
  void begin(@TempDir Path folder) {
    world = new World(folder);
  }

  @AfterAll
  void end() throws Exception {
    world.close();
  }
}
